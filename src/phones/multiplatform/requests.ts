import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import { type Change, isUpgradeOnly, type PlanStep } from '../../domain/plan/plan.js';
import type { SettingsOffer, SettingsOffers } from '../../domain/ports/settings-offer.js';
import type { Clock } from '../../domain/ports/clock.js';
import { readAllFields } from '../../pages/upgrade-form/read.js';
import { readShellForm } from '../../pages/upgrade-form/shell-form.js';
import type { ConnectionEnds } from '../../transport/connection/connections.js';
import type { Page } from '../../transport/session/session.js';
import type { AdminView } from './admin-view.js';
import { formTarget } from '../form-target.js';
import { deviceProfile } from './device-profile.js';
import { type FieldChanges, fieldChanges, settingChanges } from './field-changes.js';
import { formBody, type Pair } from './form-body.js';
import type { UsedMethod } from '../../domain/plan/write-methods.js';

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
  /** Asks by GET for something to be done, once. @throws TransportError */
  act(path: string, referer?: string): Promise<Page>;
}

/** A request that is ready to leave. Everything that can stand in its way is found before. */
export interface Prepared {
  changes: Change[];
  /** The names that fields are posted under; `''` for ways that need none. */
  names: string;
  /** Begins: what it needs of us is there from now on, and is withdrawn by whoever sends it. */
  send(): { answer: Promise<Page>; offer: SettingsOffer | null };
}

type Problem = { problem: string };

/** Prepares one try from the page as it is now. */
export function prepare(
  view: AdminView,
  one: UsedMethod,
  set: PlanStep['set'],
  tools: RequestTools,
): Prepared | Problem {
  switch (one.way) {
    case 'partial-form':
    case 'full-form':
      return preparePost(view, one, set, tools);
    case 'resync':
    case 'upgrade':
    case 'xml-post':
      return prepareWithoutForm(view, one, set, tools);
  }
}

function preparePost(view: AdminView, { way, referer }: UsedMethod, set: PlanStep['set'], tools: RequestTools) {
  const { form, page } = view;
  if (!form) return { problem: view.problem?.message ?? 'the Firmware Upgrade section was not found for sure' };
  const wanted = fieldChanges(form, set);
  if (!wanted) return { problem: 'a field or its option is not in the form' };
  if (wanted.changes.length === 0) return nothingToChange;
  const path = form.method === 'post' ? formTarget(form.action, page.path, tools.origin) : null;
  if (path === null) return { problem: `the form posts by ${form.method} to ${form.action.slice(0, 100)}` };
  const pairs = way === 'partial-form' ? wanted.pairs : wholeForm(view, wanted, tools);
  if (pairs.length === 0) return { problem: 'the page does not show the whole form' };
  const boundary = `----fleet-migrate-${tools.clock.now().toString(36)}`;
  const encoded = formBody(pairs, form.enctype, page.charset, boundary);
  if (!encoded) return { problem: `the form has the encoding ${form.enctype.slice(0, 60)}` };
  return {
    changes: wanted.changes,
    names: wanted.pairs.map(({ name }) => name).join('&'),
    send: () => ({
      answer: tools.post(path, encoded.body, encoded.contentType, ...refererOr(referer, tools)),
      offer: null,
    }),
  };
}

function prepareWithoutForm(view: AdminView, { way, referer }: UsedMethod, set: PlanStep['set'], tools: RequestTools) {
  const { endpoints } = tools.profile;
  const changes = view.settings && settingChanges(view.settings, set);
  if (!changes) return { problem: 'a setting is not shown, so it could not be read back' };
  if (changes.length === 0) return nothingToChange;
  const given = refererOr(referer, tools);
  const document = deviceProfile(set, tools.profile);
  if (way === 'xml-post') {
    const { path, contentType } = endpoints.xmlPost;
    const send: Prepared['send'] = () => ({
      answer: tools.post(path, Buffer.from(document), contentType, ...given),
      offer: null,
    });
    return { changes, names: '', send };
  }
  if (way === 'upgrade') {
    if (!isUpgradeOnly(set)) return { problem: 'an upgrade action takes one plain URL of a firmware and nothing else' };
    const path = `${endpoints.upgrade}?${set.upgradeRule ?? ''}`;
    return { changes, names: '', send: () => ({ answer: tools.act(path, ...given), offer: null }) };
  }
  const { offers } = tools;
  const ends = tools.ends();
  if (!offers || !ends) return { problem: 'nothing serves settings to the phone' };
  return {
    changes,
    names: '',
    send: () => {
      const offer = offers.offer(document, ends.theirs, ends.ours);
      return { answer: tools.act(`${endpoints.resync}?${offer.url}`, ...given), offer };
    },
  };
}

const nothingToChange: Problem = { problem: 'there is nothing to change: the fields hold these values already' };

function refererOr(wanted: boolean, { referer }: RequestTools): [referer?: string] {
  return wanted ? [referer] : [];
}

/**
 * All fields of the form with ours changed; empty where they are not known. Password fields are left out, so that none is ever wiped by
 * a blank or set to its mask. Of a page whose fields are filled in by scripts it is what its form always sends, with ours.
 */
function wholeForm({ shape, page }: AdminView, { pairs }: FieldChanges, { profile }: RequestTools): Pair[] {
  if (shape === 'json') {
    const shell = readShellForm(page.body);
    return shell ? [...shell.hidden, ...pairs] : [];
  }
  const ours = new Map(pairs.map(({ name, value }) => [name, value]));
  return readAllFields(page.body, profile)
    .filter((field) => !field.password)
    .map(({ name, value }) => ({ name, value: ours.get(name) ?? value }));
}
