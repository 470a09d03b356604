import { sleep } from '../../domain/ports/clock.js';
import type { FormChange } from '../../domain/plan/plan.js';
import { isRefusal, type WriteAnswer } from '../../domain/plan/write-methods.js';
import { identitySections, readAdminPage } from '../../pages/admin/admin-page.js';
import { describePage } from '../../pages/sign-in/page-kind.js';
import type { Page } from '../../transport/session/session.js';
import type { SignInTrouble } from '../../transport/sign-in/sign-in.js';
import { isTransportError } from '../../transport/errors/transport-error.js';
import type { OtherPhone } from '../phones.js';
import type { AdminView } from './admin-view.js';
import { readBackResult } from './field-changes.js';
import type { Prepared, RequestTools } from './prepared.js';

/** What sending and reading back need. */
export interface ReadBackTools extends RequestTools {
  settleMs: number;
  /** Reads the admin page again, in a new session where the old one was lost; `null` where it shows nothing. @throws TransportError */
  reread(): Promise<AdminView | null>;
}

/** What came of one request. */
export interface ReadBack {
  /** `sent`: it leaves nothing to read back. */
  state: 'as-sent' | 'as-before' | 'neither' | 'unread' | 'sent';
  /** The response in words. */
  answer: string;
  manner: WriteAnswer;
  /** The page as read back. */
  view: AdminView | null;
  /** Another phone that was found at the address instead, the last time it was read. */
  other: OtherPhone | null;
}

type Settled = Pick<ReadBack, 'state' | 'view' | 'other'>;

/** How often reading back is tried: a phone that applies settings may not answer for a moment. */
const rereads = 3;

/** How a request takes effect: `now` with its response, `later` when the phone has fetched something, `unseen` without a setting. */
export type Effect = 'now' | 'later' | 'unseen';

/** Sends a request and reads the settings back until they show its effect, then withdraws what the phone was offered. */
export async function sendAndReadBack(
  { send, changes }: Prepared,
  mac: string,
  effect: Effect,
  tools: ReadBackTools,
): Promise<ReadBack> {
  const { answer, offer } = send();
  try {
    const said = await heard(answer, tools);
    const refused = isRefusal(said.manner);
    // With nothing to read back, it may have begun unless the phone refused it.
    if (effect === 'unseen' && !refused) return { ...said, state: 'sent', view: null, other: null };
    const read = await readUntilSettled(changes, mac, effect === 'later' && !refused, tools);
    if (offer !== null && offer.fetched > 0) said.answer += ', the phone fetched its settings';
    return { ...said, ...read };
  } finally {
    offer?.withdraw();
  }
}

type Heard = Pick<ReadBack, 'answer' | 'manner'>;

async function heard(answer: Promise<Page>, { profile }: RequestTools): Promise<Heard> {
  try {
    const { status, body, signIn: trouble } = await answer;
    // The admin page has password fields, too.
    const mayAsk = status === 200 && readAdminPage(body, profile, identitySections) === null;
    const asks = trouble === 'expired' || (mayAsk && describePage(body, profile).signIn !== null);
    const text = asks ? `answered ${status}, asking for a password` : `answered ${status}`;
    return { answer: text, manner: asks ? 'signed-out' : mannerOf(status, trouble) };
  } catch (error) {
    if (!isTransportError(error)) throw error;
    return { answer: `not answered (${error.message})`, manner: 'unanswered' };
  }
}

/** The 4xx that are about the moment, not the request (timeout, too early, too many). */
const passing: ReadonlySet<number> = new Set([408, 425, 429]);

function mannerOf(status: number, trouble: SignInTrouble | undefined): WriteAnswer {
  if (status === 403) return 'forbidden';
  // A 401 in a signed-in session, or without a challenge, is like an error: it does not show whether the post took effect.
  if (status >= 500 || passing.has(status) || (status === 401 && trouble === undefined)) return 'failed';
  return status >= 400 ? 'refused' : 'friendly';
}

async function readUntilSettled(
  changes: readonly FormChange[],
  mac: string,
  isPatient: boolean,
  tools: ReadBackTools,
): Promise<Settled> {
  let last: Settled = { state: 'unread', view: null, other: null };
  for (let attempt = 0; attempt < rereads; attempt += 1) {
    await sleep(tools.clock, tools.settleMs * (attempt + 1));
    const view = await readAgain(tools);
    const shown = view?.admin.productInformation.mac ?? null;
    // Another phone's page at this address says nothing about ours.
    const other = view && shown !== mac ? { mac: shown, settings: view.settings } : null;
    if (!view?.settings || other) {
      // While it cannot be read, it may be restarting with the new settings.
      last = { state: 'unread', view: null, other: other ?? last.other };
      continue;
    }
    last = { state: readBackResult(changes, view.settings), view, other: null };
    // A phone that fetches may set several fields one after the other.
    if (last.state === 'as-sent' || !isPatient) break;
  }
  return last;
}

async function readAgain({ reread }: ReadBackTools): Promise<AdminView | null> {
  try {
    return await reread();
  } catch (error) {
    if (!isTransportError(error)) throw error;
    return null;
  }
}
