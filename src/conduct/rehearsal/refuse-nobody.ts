import type { PhoneReport } from '../../domain/report/report.js';
import { UsageError } from '../../domain/text/usage-error.js';
import type { KnownPhones } from './known-phones.js';

/**
 * Refuses a rehearsal in which no phone takes part: a night over empty addresses would be told as one that went well.
 * @param known the phones of the audit; `null`: there is none
 * @param listed addresses of those that lists alone know
 * @param asked the addresses that are asked
 * @param isOfUcm only phones that Unified CM has are targets
 * @throws UsageError
 */
export function refuseNobody(
  known: KnownPhones | null,
  listed: readonly { address: string }[],
  asked: ReadonlySet<string>,
  isOfUcm: boolean,
): void {
  const phones = known?.reports.filter(isPhone) ?? [];
  if ([...phones, ...listed].some(({ address }) => asked.has(address))) return;
  const whose = known === null ? 'No phone that is known' : `None of the ${ofRun(phones.length, known.of.run)}`;
  if (isOfUcm)
    throw new UsageError(
      `${whose} runs Enterprise firmware and is chosen, so Unified CM has none to rehearse; choose others (--device-pool, --match, --exclude), or audit Enterprise phones first (fleet-migrate audit).`,
    );
  throw new UsageError(
    `${whose} is among the targets, so there is nothing to rehearse; ask for others (--subnet, --target, --inventory, --site, --tag, --exclude), or audit the ones that are asked for first (fleet-migrate audit).`,
  );
}

function ofRun(count: number, run: string): string {
  return `${count.toLocaleString('en')} phone${count === 1 ? '' : 's'} of the run ${run}`;
}

/** Something else that answered, and an address where nobody did, cannot be moved. */
function isPhone({ family }: PhoneReport): boolean {
  return family !== null;
}
