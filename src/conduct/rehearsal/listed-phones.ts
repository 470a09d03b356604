import type { PhoneFacts } from '../../domain/phone/facts.js';
import type { Models } from '../../domain/phone/models.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import { printable } from '../../domain/text/printable.js';
import { UsageError } from '../../domain/text/usage-error.js';
import type { TargetSource } from '../../fleet/run/assemble.js';
import { listedModel, listedPhone } from '../../rehearse/model/listed-phone.js';

/** So many phones without a model are named. */
const mostNamed = 3;

/**
 * The phones of lists that no audit knows: by their models they are rehearsed as they will probably be.
 * @param isKnown whether the audit has seen an address
 * @throws UsageError for phones without a model
 */
export async function phonesOfLists(
  targets: TargetSource,
  isKnown: (address: string) => boolean,
  profile: MigrationProfile,
  models: Models,
): Promise<{ address: string; facts: PhoneFacts }[]> {
  const phones: { address: string; facts: PhoneFacts }[] = [];
  const without: string[] = [];
  for await (const { target, error } of targets) {
    if (target.inventory === undefined || error !== undefined || isKnown(target.address)) continue;
    const model = listedModel(target);
    if (model === null) without.push(`${target.address} (${printable(target.source, 200)})`);
    else phones.push({ address: target.address, facts: listedPhone(target, model, profile, models) });
  }
  if (without.length > 0) throw withoutModel(without);
  return phones;
}

function withoutModel(phones: readonly string[]): UsageError {
  const named = phones.slice(0, mostNamed).join(', ');
  const more = phones.length > mostNamed ? ` and ${phones.length - mostNamed} more` : '';
  const [are, them] = phones.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return new UsageError(
    `${named}${more}: of ${them} neither an audit nor the list says which model ${phones.length === 1 ? 'it is' : 'they are'}, so ${them === 'it' ? 'it cannot be' : 'they cannot be'} rehearsed; audit ${them} first, name a column with the model (--column model=NAME), or leave ${them} out, which ${are} then no part of the rehearsal.`,
  );
}
