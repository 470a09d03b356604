import type { FormChange, FormValues } from '../../domain/plan/plan.js';
import {
  isRefusal,
  isSameMethod,
  type UsedMethod,
  type TriedMethod,
  methodName,
  type WriteMethod,
} from '../../domain/plan/write-methods.js';
import { isTransportError, TransportError } from '../../transport/errors/transport-error.js';
import type { OnIntent, WriteResult } from '../phones.js';
import { kindOfPhone, type MethodMemory } from '../method-memory.js';
import type { AdminView } from './admin-view.js';
import { type Effect, type ReadBack, type ReadBackTools, sendAndReadBack } from './read-back.js';
import type { Prepared } from './prepared.js';
import { prepare } from './requests.js';
import { nextTry } from './tries.js';

/** What a write needs from the visit. */
export interface WriteTools extends ReadBackTools {
  /** The allowed write methods. */
  methods: readonly WriteMethod[];
  memory: Pick<MethodMemory, 'methodFor' | 'worked'>;
  /**
   * The page to write to after a wait: the same, or read again where another phone could be there by now.
   * @throws TransportError where another phone is there, or the phone has changed
   */
  stillOurs(view: AdminView): Promise<AdminView>;
}

const effects: Readonly<Record<WriteMethod, Effect>> = {
  'partial-form': 'now',
  'full-form': 'now',
  resync: 'later',
  upgrade: 'unseen',
  'xml-post': 'later',
};

/** The last request of a write and its result. */
interface Sent {
  one: UsedMethod;
  read: ReadBack;
  changes: readonly FormChange[];
  /** How many fields it was to change. */
  fields: number;
}

/**
 * Sets a step's values by the safest write method not tried yet, and reads them back. Another method, or the same with a `Referer`, follows
 * here only where the phone refused and was read back unchanged; where it asked for a password instead, the same method is tried once more.
 * After any other response, or none, the write may still take effect: the watch decides when unchanged settings mean that it did not, and
 * calls again with what was tried.
 * @param view the admin page as just read in this session; its MAC was compared by the caller
 * @param earlier what was tried for this step before
 * @throws TransportError `fields-missing` when no (further) write method is possible; nothing was sent then
 */
export async function writeStep(
  view: AdminView,
  mac: string,
  set: FormValues,
  tools: WriteTools,
  onIntent: OnIntent,
  earlier: readonly TriedMethod[] = [],
): Promise<WriteResult> {
  const product = view.admin.productInformation;
  const kind = kindOfPhone(product.productName, product.softwareVersion);
  const tried = [...earlier];
  const impossible: UsedMethod[] = [];
  const before: string[] = [];
  let now = view;
  let problem: string | null = null;
  let sent: Sent | null = null;
  const next = (): UsedMethod | null =>
    nextTry(tried, {
      allowed: tools.methods,
      known: tools.memory.methodFor(kind),
      readWithReferer: view.referer,
      impossible,
      namesNow: (one) => namesIn(prepare(now, one, set, tools)),
    });
  for (let one = next(); one; one = next()) {
    let ready = prepare(now, one, set, tools);
    if ('problem' in ready) {
      problem ??= ready.problem;
      impossible.push(one);
      continue;
    }
    const changes = effects[one.way] === 'unseen' ? [] : ready.changes;
    // The page has changed beyond what we set: the plan was made for another one.
    if (sent && ready.changes.length !== sent.fields) break;
    const maySend = await onIntent(changes, [...tried, { ...one, manner: 'unanswered', names: ready.names }]);
    ready = await preparedAnew(ready, now, one, set, tools);
    if (maySend?.() === false) throw notSent();
    const read = await sendAndReadBack(ready, mac, effects[one.way], tools);
    tried.push({ ...one, manner: read.manner, names: ready.names });
    if (sent) before.push(`${methodName(sent.one)} (${sent.read.answer})`);
    sent = { one, read, changes, fields: ready.changes.length };
    if (read.state === 'as-sent') tools.memory.worked(kind, one);
    if (read.state !== 'as-before' || !read.view) break;
    now = read.view;
    const repeats = read.manner === 'signed-out' && isSameMethod(next(), one);
    if (!isRefusal(read.manner) && !repeats) break;
  }
  if (!sent) throw new TransportError('fields-missing', problem ?? 'no further write method is left');
  return {
    ...resultOf(sent, tried),
    ...(before.length > 0 ? { before } : {}),
    tried,
    more: sent.read.state === 'as-before' && next() !== null,
    ...(sent.read.other ? { other: sent.read.other } : {}),
  };
}

/** The right to write has ended while the page was read once more. */
function notSent(): TransportError {
  const error = new TransportError('connection-lost', 'the right to write to it ended before the request left');
  error.nothingSent = true;
  return error;
}

/** Recording the intent takes time in which the connection may end; if the page had to be read again, the request is rebuilt from it. */
async function preparedAnew(
  ready: Prepared,
  view: AdminView,
  one: UsedMethod,
  set: FormValues,
  tools: WriteTools,
): Promise<Prepared> {
  try {
    const sure = await tools.stillOurs(view);
    if (sure === view) return ready;
    const anew = prepare(sure, one, set, tools);
    if ('problem' in anew) throw new TransportError('phone-changed', anew.problem);
    return anew;
  } catch (error) {
    if (isTransportError(error)) error.nothingSent = true;
    throw error;
  }
}

function namesIn(ready: Prepared | { problem: string }): string | null {
  return 'problem' in ready ? null : ready.names;
}

function resultOf(
  { one, read: { state, answer }, changes }: Sent,
  tried: readonly TriedMethod[],
): Pick<WriteResult, 'result' | 'changes' | 'via' | 'detail'> {
  const written = { changes: [...changes], via: methodName(one) };
  switch (state) {
    case 'as-sent':
      return { result: 'confirmed', ...written, detail: `${answer}, read back as sent` };
    case 'unread':
      return { result: 'unread', ...written, detail: `${answer}, not read back yet` };
    case 'as-before': {
      const refused = tried.every(({ manner }) => isRefusal(manner));
      return {
        result: refused ? 'refused' : 'pending',
        ...written,
        detail: `${answer}, read back as before${refused ? '' : ' so far'}`,
      };
    }
    case 'neither':
      return { result: 'differs', ...written, detail: `${answer}, read back neither as sent nor as before so far` };
    case 'sent':
      return { result: 'sent', ...written, detail: `${answer}; it sets no rule, so only watching the phone can tell` };
  }
}
