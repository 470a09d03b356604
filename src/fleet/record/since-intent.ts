import type { RunEvent } from '../../domain/report/report.js';
import type { Evidence } from '../../domain/failures/failure.js';
import type { State } from '../../domain/progress/state.js';

/** What the events of a phone tell of it since its last intent. */
export interface Since {
  evidence: Evidence[];
  state: State | null;
  /** It was seen on its load. */
  seenOnLoad: boolean;
  /** The last word on whether it is upgrading; `null` where there was none. */
  seenUpgrading: boolean | null;
}

/** Kind of the evidence that a phone which had said it was upgrading lies idle on its old firmware. */
export const idleAgain = 'idle-again';

/** Reads what each phone's events tell since its last intent, by MAC. */
export async function sinceIntents(events: AsyncIterable<RunEvent>): Promise<Map<string, Since>> {
  const byMac = new Map<string, Since>();
  for await (const { event, at, mac, kind, text, state } of events) {
    if (mac === null) continue;
    if (event === 'intent') byMac.set(mac, { evidence: [], state: null, seenOnLoad: false, seenUpgrading: null });
    const since = byMac.get(mac);
    if (!since) continue;
    if (event === 'evidence') since.evidence.push({ at, kind: String(kind), text: String(text) });
    if (event === 'state') since.state = state as State;
    if (event === 'state' && state === 'verifying') since.seenOnLoad = true;
    if (event === 'evidence' && kind === 'upgrade-status') since.seenUpgrading = true;
    if (event === 'evidence' && kind === idleAgain) since.seenUpgrading = false;
  }
  return byMac;
}
