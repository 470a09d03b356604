import type { LicensePhone } from '../domain/licenses/need.js';
import { labelVid } from '../domain/phone/hardware.js';
import { modelOf, phoneModelIn } from '../domain/phone/facts.js';
import { fieldNames } from '../domain/phone/fields.js';
import { vidText } from '../domain/phone/models.js';
import type { PhoneReport } from '../domain/report/report.js';
import type { Outcome } from '../domain/progress/outcome.js';
import { shellWord } from '../domain/text/shell-word.js';
import { UsageError } from '../domain/text/usage-error.js';
import { noSuchRun } from '../store/no-such-run.js';
import type { KnownPhone } from '../inventory/target.js';
import type { RememberedPhone, RunRow } from '../store/store-rows.js';
import type { Store } from '../store/store.js';

/** The run whose phones are meant: the last finished audit, or one by its id. @throws UsageError when there is none */
export async function runOfPhones(store: Store, name: string | null): Promise<RunRow> {
  if (name !== null) {
    const run = await store.run(name);
    if (run?.state === 'running')
      throw new UsageError(
        `The run ${run.id} has not ended, so not all of its phones are known; wait for it, or if it was cut off, continue it with: fleet-migrate resume ${run.id} --db ${shellWord(store.path)}`,
      );
    if (run) return run;
    throw noSuchRun(name, store.path);
  }
  const audit = (await store.runs()).find(({ profile, state }) => profile === null && state === 'finished');
  if (audit) return audit;
  throw new UsageError(
    `The store ${store.path} has no finished audit; run fleet-migrate audit first, or name a run with --from-run or a list with --inventory.`,
  );
}

/** The phones that a run read, and the named ones that it could not read. */
export async function phonesReadIn(store: Store, run: RunRow): Promise<LicensePhone[]> {
  const { phones } = await store.report(run.id);
  return phones.filter(({ outcome }) => outcome !== 'not-a-phone').map(reportedPhone);
}

function reportedPhone(phone: PhoneReport): LicensePhone {
  const { vidSource = phone.family === 'enterprise' ? 'udi' : null, failure } = phone;
  // Reports of 0.1.0 have what a Multiplatform page calls its hardware version for the VID.
  const vid = vidSource === null ? null : phone.vid;
  const isDoubtful = doubtful.includes(phone.outcome);
  return {
    ...fieldsOf(phone),
    vid,
    vidSource,
    unread: phone.family === null ? (failure?.message ?? phone.outcome) : null,
    ...(isDoubtful
      ? { doubt: `that run ended for it as ${phone.outcome}: ${failure?.message ?? 'no reason is known'}` }
      : {}),
  };
}

/** Ends that leave open what a phone is now, or whether it is the one that was meant. */
const doubtful: readonly Outcome[] = ['blocked', 'failed', 'unverified'];

/** Phones of lists, with what earlier runs have read of each. */
export function listedPhones(listed: readonly KnownPhone[], remembered: readonly RememberedPhone[]): LicensePhone[] {
  const byMac = new Map(remembered.map((phone) => [phone.mac, phone]));
  const byAddress = new Map<string, RememberedPhone | null>();
  // Where two were seen at one address, the list has to say which one it means.
  for (const phone of remembered) byAddress.set(phone.address, byAddress.has(phone.address) ? null : phone);
  return listed.map(({ address, hint }) => {
    const known = hint.mac === undefined ? (address === null ? null : byAddress.get(address)) : byMac.get(hint.mac);
    return listedPhone(address, hint, known ?? null);
  });
}

function listedPhone(address: string | null, hint: KnownPhone['hint'], known: RememberedPhone | null): LicensePhone {
  const fromList = labelVid(hint.vid ?? '');
  // What an earlier version stored for a Multiplatform phone is what its page calls the hardware version.
  const seen = known?.family === 'enterprise' ? known.vid : null;
  const model = hint.model === undefined ? null : (modelOf(hint.model) ?? phoneModelIn(hint.model));
  const isPid = /^\s*CP-/i.test(hint.model ?? '');
  return {
    ...(known ? fieldsOf(known) : nothing),
    address: address ?? known?.address ?? null,
    mac: known?.mac ?? hint.mac ?? null,
    model: known?.model ?? model,
    productId: known?.productId ?? (isPid ? (hint.model?.trim() ?? null) : null),
    serial: known?.serial ?? hint.serial ?? null,
    vid: seen ?? (fromList === null ? null : vidText(fromList)),
    vidSource: seen !== null ? 'udi' : fromList === null ? null : 'inventory',
    unread: known ? null : 'no run of this store has read it',
    ...withDoubt(known === null ? null : doubtOf(hint, known)),
  };
}

function withDoubt(doubt: string | null): { doubt?: string } {
  return doubt === null ? {} : { doubt };
}

/** What a list says that does not fit what was read, or leaves open which phone it means. */
function doubtOf(hint: KnownPhone['hint'], known: RememberedPhone): string | null {
  if (hint.mac === undefined)
    return 'the list names an address and no MAC, and another phone may have that address by now';
  const model = hint.model === undefined ? null : (modelOf(hint.model) ?? phoneModelIn(hint.model));
  if (model !== null && known.model !== null && model !== known.model)
    return `the list says that it is a ${model}, and it showed ${known.model}`;
  const vid = labelVid(hint.vid ?? '');
  const shown = known.family === 'enterprise' ? labelVid(known.vid ?? '') : null;
  if (vid !== null && shown !== null && vid !== shown)
    return `the list says VID ${vidText(vid)}, and it showed ${vidText(shown)}`;
  const plain = (text: string): string => text.replace(/\s+/g, '').toUpperCase();
  const [listed, serial] = [plain(hint.serial ?? ''), plain(known.serial ?? '')];
  return listed === '' || serial === '' || listed === serial
    ? null
    : 'the list has another serial number than it showed';
}

type Fields = Omit<LicensePhone, 'vidSource' | 'unread'>;

const nothing: Fields = {
  ...{ address: null, mac: null, family: null, model: null, productId: null, vid: null, serial: null },
  ...{
    softwareVersion: null,
    hardwareVersion: null,
    transitionAuthorizationType: null,
    returnWithoutLicense: 'unknown',
  },
};

function fieldsOf(phone: PhoneReport | RememberedPhone): Fields {
  return Object.fromEntries(fieldNames.map((name) => [name, phone[name]])) as unknown as Fields;
}
