import PQueue from 'p-queue';
import type { Log } from '../../domain/ports/log.js';
import { sentence } from '../../domain/text/error-reason.js';
import type { Store } from '../../store/store.js';
import type { BorrowedSetting } from '../../store/store-rows.js';
import { UcmError } from '../../ucm/ucm.js';
import { vendorElement, vendorSetting, withVendorElement } from '../../ucm/vendor-config.js';
import type { UcmAtWork } from './ucm-at-work.js';

/** How many phones' settings are changed at once: Unified CM holds writes back when they are many. */
export const atOnce = 4;

/** What was put back, and what was not. */
interface PutBack {
  back: string[];
  /** Somebody else has changed it since. */
  theirs: string[];
  /** By name, why: a sentence. */
  left: Map<string, string>;
}

/** The settings of phones of a Unified CM that the store remembers to be put back. */
export async function borrowedOn(host: string, store: Pick<Store, 'borrowed'>): Promise<BorrowedSetting[]> {
  return (await store.borrowed()).filter(({ ucm }) => ucm === host.toLowerCase());
}

/** What putting back needs. */
interface PutBackTools {
  ucm: Pick<UcmAtWork, 'client'>;
  store: Pick<Store, 'isBack'>;
  log: Log;
}

/** Who follows how settings are put back, and may end it. */
interface Following {
  /** Called for each that is nobody's concern any more. */
  settled: () => void;
  isOver: () => boolean;
}

/**
 * Puts settings back that the store remembers, and lets the phones take them. What has been changed by somebody else since is theirs, and
 * left. Doing it twice changes nothing.
 */
export async function putBackSettings(
  borrowed: readonly BorrowedSetting[],
  { ucm, store, log }: PutBackTools,
  changedTo: string,
  { settled, isOver }: Following = { settled: () => {}, isOver: () => false },
): Promise<PutBack> {
  const result: PutBack = { back: [], theirs: [], left: new Map() };
  const queue = new PQueue({ concurrency: atOnce });
  const turns = borrowed.map((one) =>
    queue.add(async () => {
      if (isOver()) return;
      const { name } = one;
      try {
        const isOurs = await putBackOne(one, changedTo, ucm);
        await store.isBack(one);
        result[isOurs ? 'back' : 'theirs'].push(name);
        settled();
      } catch (error) {
        if (!(error instanceof UcmError)) throw error;
        result.left.set(name, sentence(error.message));
        log.warn(error.nothingChanged ? 'web access was not put back' : 'web access may not have been put back', {
          name,
          why: sentence(error.message),
        });
      }
    }),
  );
  await Promise.all(turns);
  return result;
}

/** Returns `false` where somebody else has changed it since: then nothing is sent. */
async function putBackOne(
  { name, tag, original }: BorrowedSetting,
  changedTo: string,
  { client }: Pick<UcmAtWork, 'client'>,
): Promise<boolean> {
  const settings = await client.settings(name);
  if (settings === null) return false;
  const xml = settings.vendorConfig ?? '';
  if (vendorSetting(xml, tag)?.trim() === changedTo)
    await client.change(name, { vendorConfig: withVendorElement(xml, tag, original) });
  else if (vendorElement(xml, tag) !== original) return false;
  // It may have been put back by a try whose answer was lost.
  await client.apply(name);
  return true;
}
