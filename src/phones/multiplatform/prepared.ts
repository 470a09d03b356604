import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import type { FormChange } from '../../domain/plan/plan.js';
import type { Clock } from '../../domain/ports/clock.js';
import type { SettingsOffer, SettingsOffers } from '../../domain/ports/settings-offer.js';
import type { ConnectionEnds } from '../../transport/connection/connections.js';
import type { Page } from '../../transport/session/session.js';

/** What requests are sent with. */
export interface RequestTools {
  profile: MultiplatformPages;
  clock: Clock;
  /** Where the phone is spoken to, e.g. `http://10.0.0.7:80`: a form may name its own address. */
  origin: string;
  /** The phone's own page, for requests that carry a `Referer`. */
  referer: string;
  /** Serves settings to the phone; `null` where this run does not. */
  offers: SettingsOffers | null;
  /** The addresses of the connection to the phone. */
  ends(): ConnectionEnds | null;
  /** Posts in the session in which the page was read. @throws TransportError */
  post(path: string, body: Buffer, contentType: string, referer?: string): Promise<Page>;
  /** Requests an action by GET, once. @throws TransportError */
  act(path: string, referer?: string): Promise<Page>;
}

/** A request ready to be sent. Whatever could prevent it has been ruled out. */
export interface Prepared {
  changes: FormChange[];
  /** The names that fields are posted under; `''` for write methods without fields. */
  names: string;
  /** Sends it. An offer of settings is open from now on; the caller withdraws it. */
  send(): { answer: Promise<Page>; offer: SettingsOffer | null };
}

/** Why a request cannot be sent. */
export type Problem = { problem: string };

/** The problem of a request that would change nothing. */
export const nothingToChange: Problem = { problem: 'there is nothing to change: the fields hold these values already' };

/** The last argument of `post` and `act`: the phone's own page where a `Referer` is wanted. */
export function refererOr(wanted: boolean, { referer }: RequestTools): [referer?: string] {
  return wanted ? [referer] : [];
}
