import type { Change, PlanStep } from '../../domain/plan.js';
import { wayName, type WriteWay } from '../../domain/ways.js';
import { TransportError } from '../../transport/transport-error.js';
import type { OnIntent, WriteResult } from '../phones.js';
import type { WaysMemory } from '../ways-memory.js';
import type { AdminView } from './admin-view.js';
import { type Effect, type ReadBack, type ReadBackTools, sendAndReadBack } from './read-back.js';
import { prepare } from './requests.js';
import { type Try, triesFor } from './tries.js';

/** What a write needs of the conversation it takes place in. */
export interface WriteTools extends ReadBackTools {
  /** The ways that are allowed. */
  ways: readonly WriteWay[];
  memory: Pick<WaysMemory, 'wayFor' | 'worked'>;
  /**
   * The page to write to after a wait: the same, or as read anew where another phone could be there by now.
   * @throws TransportError where it is, or where the phone is not as it was
   */
  stillOurs(view: AdminView): Promise<AdminView>;
}

const effects: Readonly<Record<WriteWay, Effect>> = {
  'partial-form': 'now',
  'full-form': 'now',
  resync: 'later',
  upgrade: 'unseen',
  'xml-post': 'later',
};

/**
 * Sets a step's values by the safest way that works and reads them back. Each further way, or the same one with a `Referer`, is only
 * tried after the page was read anew and showed that the one before had no effect; nothing is ever sent twice without reading in
 * between, and each time it must be the same phone's page.
 * @param view the admin page as just read in this session; its MAC was compared by the caller
 * @throws TransportError `fields-missing` when no allowed way can be taken for sure; nothing was sent then
 */
export async function writeStep(
  view: AdminView,
  mac: string,
  set: PlanStep['set'],
  tools: WriteTools,
  onIntent: OnIntent,
): Promise<WriteResult> {
  const kind = kindOf(view);
  const tries = triesFor(tools.ways, tools.memory.wayFor(kind), view.referer);
  let now = view;
  let problem: string | null = null;
  let intended: readonly Change[] | null = null;
  let last: { one: Try; read: ReadBack } | null = null;
  let hasRepeated = false;
  const before: string[] = [];
  for (let one = tries.shift(); one; one = tries.shift()) {
    if (one.after && !isWorthIt(one, last)) continue;
    let ready = prepare(now, one, set, tools);
    if ('problem' in ready) {
      problem ??= ready.problem;
      continue;
    }
    // The page has changed beyond what we set: it is not the one that was planned for any more.
    if (intended && ready.changes.length !== intended.length) break;
    await onIntent(intentOf(one, ready.changes));
    intended ??= ready.changes;
    // Putting it on record takes its time, in which the connection may end.
    const sure = await tools.stillOurs(now);
    if (sure !== now) ready = prepare(sure, one, set, tools);
    if ('problem' in ready) throw new TransportError('phone-changed', ready.problem);
    const read = await sendAndReadBack(ready, mac, effects[one.way], tools);
    last = { one, read };
    if (read.state === 'as-sent') tools.memory.worked(kind, { way: one.way, referer: one.referer });
    if (read.state !== 'as-before' || !read.view) break;
    now = read.view;
    before.push(`${wayName(one.way, one.referer)} (${read.answer})`);
    // A session that had ended, or a form that had other names by then, says nothing against the way: once more, now that it was read.
    const unheard = read.manner === 'signed-out' || hasOtherNames(now, one, set, ready.names, tools);
    if (unheard && !hasRepeated) {
      hasRepeated = true;
      tries.unshift({ way: one.way, referer: one.referer });
    }
  }
  if (!last || !intended) throw new TransportError('fields-missing', problem ?? 'no way to write is allowed');
  // Where nothing came after it, the last way is no earlier one.
  if (last.read.state === 'as-before' && last.read.view) before.pop();
  const written = result(last.read, wayName(last.one.way, last.one.referer), intended);
  return before.length > 0 ? { ...written, before } : written;
}

/** Phones of one model and firmware are taken to be alike. */
function kindOf({ admin: { productInformation: product } }: AdminView): string {
  return `${product.productName} ${product.softwareVersion ?? ''}`;
}

/** A second try with a `Referer` is for the same way, and only where the first may have failed for want of one. */
function isWorthIt({ way, after }: Try, last: { one: Try; read: ReadBack } | null): boolean {
  if (last?.one.way !== way || last.one.referer) return false;
  return last.read.manner === 'forbidden' || (after === 'ignored' && last.read.manner === 'friendly');
}

/**
 * An upgrade action leaves no setting behind that reading back could find, as before or otherwise. What a phone is to fetch it may apply
 * at any time after it was read back as before: to whoever reads it after a crash, that says as little.
 */
function intentOf({ way }: Try, changes: readonly Change[]): readonly Change[] {
  return effects[way] === 'now' ? changes : [];
}

function hasOtherNames(view: AdminView, one: Try, set: PlanStep['set'], names: string, tools: WriteTools): boolean {
  if (names === '') return false;
  const again = prepare(view, one, set, tools);
  return !('problem' in again) && again.names !== names;
}

function result({ state, answer, refused }: ReadBack, via: string, changes: readonly Change[]): WriteResult {
  const written = { changes: [...changes], via };
  switch (state) {
    case 'as-sent':
      return { result: 'confirmed', ...written, detail: `${answer}, read back as sent` };
    case 'unread':
      return { result: 'unread', ...written, detail: `${answer}, not read back yet` };
    case 'as-before':
      return {
        result: refused ? 'refused' : 'ignored',
        changes: [],
        via,
        detail: `${answer}, read back as before`,
      };
    case 'neither':
      return { result: 'differs', ...written, detail: `${answer}, read back neither as sent nor as before` };
    case 'sent':
      return {
        result: 'sent',
        changes: [],
        via,
        detail: `${answer}; it sets no rule, so only watching the phone can tell`,
      };
  }
}
