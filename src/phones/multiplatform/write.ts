import type { Clock } from '../../domain/clock.js';
import { sleep } from '../../domain/clock.js';
import type { MultiplatformPages } from '../../domain/phone-profile.js';
import type { Change, PlanStep } from '../../domain/plan.js';
import { readAdminPage } from '../../pages/admin-page.js';
import { readAllFields, readUpgradeForm, type UpgradeForm } from '../../pages/upgrade-form.js';
import type { Page } from '../../transport/session.js';
import { isTransportError, TransportError } from '../../transport/transport-error.js';
import type { OnIntent, WriteResult } from '../phones.js';
import { type FieldChanges, fieldChanges, readBackResult } from './field-changes.js';
import { formBody, type FormBody, type Pair } from './form-body.js';

/** What a write needs of the conversation it takes place in. */
export interface WriteTools {
  profile: MultiplatformPages;
  clock: Clock;
  settleMs: number;
  /** Where the phone is spoken to, e.g. `http://10.0.0.7:80`: a form may name its own address. */
  origin: string;
  /** Posts in the session in which the page was read. @throws TransportError */
  post(path: string, body: Buffer, contentType: string): Promise<Page>;
  /** Reads the admin page again, in a new session where the old one was lost. @throws TransportError */
  reread(): Promise<Page>;
}

/** How often reading back is tried: a phone that applies settings may not answer for a moment. */
const rereads = 3;

/**
 * Sets a step's fields by the page's own form and reads them back. First only what changes is posted; where a phone ignores that, once
 * more the whole form, after it was read anew. Nothing is ever posted twice without reading in between.
 * @param page the admin page as just read in this session; its MAC was compared by the caller
 * @throws TransportError `fields-missing` when the form cannot be found for sure; nothing was sent then
 */
export async function writeStep(
  page: Page,
  mac: string,
  set: PlanStep['set'],
  tools: WriteTools,
  onIntent: OnIntent,
): Promise<WriteResult> {
  const first = preparePost(page, set, tools, (_form, { pairs }) => pairs);
  if ('problem' in first) throw new TransportError('fields-missing', first.problem);
  await onIntent(first.changes);

  const partial = await postAndReadBack(first, mac, tools);
  if (partial.state !== 'as-before' || !partial.page) return result(partial, 'partial form', first.changes);
  // Whatever cannot be prepared now leaves what was seen of the first post standing: it is on record, so nothing is thrown any more.
  const whole = preparePost(partial.page, set, tools, wholeForm);
  if ('problem' in whole || whole.changes.length !== first.changes.length)
    return result(partial, 'partial form', first.changes);
  return result(await postAndReadBack(whole, mac, tools), 'full form', first.changes);
}

/** A post that is ready to leave. */
interface Post extends FormBody {
  path: string;
  changes: Change[];
}

/** Everything that can stand in the way of a post is found here, before anything is sent. */
function preparePost(
  page: Page,
  set: PlanStep['set'],
  { profile, clock, origin }: WriteTools,
  pairsFor: (form: { page: Page; profile: MultiplatformPages }, wanted: FieldChanges) => Pair[],
): Post | { problem: string } {
  const form = readUpgradeForm(page.body, profile);
  if (!form) return { problem: 'the Firmware Upgrade section was not found for sure' };
  const wanted = fieldChanges(form, set);
  if (!wanted) return { problem: 'a field or its option is not in the form' };
  if (wanted.changes.length === 0)
    return { problem: 'there is nothing to change: the fields hold these values already' };
  const path = actionPath(form, page.path, origin);
  if (path === null) return { problem: `the form posts by ${form.method} to ${form.action.slice(0, 100)}` };
  const boundary = `----fleet-migrate-${clock.now().toString(36)}`;
  const body = formBody(pairsFor({ page, profile }, wanted), form.enctype, page.charset, boundary);
  if (!body) return { problem: `the form has the encoding ${form.enctype.slice(0, 60)}` };
  return { ...body, path, changes: wanted.changes };
}

interface ReadBack {
  state: 'as-sent' | 'as-before' | 'neither' | 'unread';
  answer: string;
  refused: boolean;
  page: Page | null;
}

async function postAndReadBack(
  { path, body, contentType, changes }: Post,
  mac: string,
  tools: WriteTools,
): Promise<ReadBack> {
  let answer: string;
  let refused = false;
  try {
    const { status } = await tools.post(path, body, contentType);
    answer = `answered ${status}`;
    refused = status >= 400;
  } catch (error) {
    if (!isTransportError(error)) throw error;
    answer = `not answered (${error.message})`;
  }
  for (let attempt = 0; attempt < rereads; attempt += 1) {
    await sleep(tools.clock, tools.settleMs * (attempt + 1));
    const read = await readAgain(tools, mac);
    if (read) return { state: readBackResult(changes, read.form), answer, refused, page: read.page };
  }
  return { state: 'unread', answer, refused, page: null };
}

async function readAgain(
  { reread, profile }: WriteTools,
  mac: string,
): Promise<{ page: Page; form: UpgradeForm } | null> {
  try {
    const page = await reread();
    const form = readUpgradeForm(page.body, profile);
    // Another phone's page at this address says nothing about ours.
    const same = readAdminPage(page.body, profile)?.productInformation.mac === mac;
    return form && same ? { page, form } : null;
  } catch (error) {
    if (!isTransportError(error)) throw error;
    return null;
  }
}

function result({ state, answer, refused }: ReadBack, via: WriteResult['via'], changes: Change[]): WriteResult {
  switch (state) {
    case 'as-sent':
      return { result: 'confirmed', changes, via, detail: `${answer}, read back as sent` };
    case 'unread':
      return { result: 'unread', changes, via, detail: `${answer}, not read back yet` };
    case 'as-before':
      return { result: refused ? 'refused' : 'ignored', changes: [], via, detail: `${answer}, read back as before` };
    case 'neither':
      return { result: 'differs', changes, via, detail: `${answer}, read back neither as sent nor as before` };
  }
}

/** Where the form posts to, on this phone; `null` for a form that leads elsewhere or does not post. */
function actionPath(form: UpgradeForm, pagePath: string, origin: string): string | null {
  const base = new URL(pagePath, origin);
  const target = URL.canParse(form.action, base.href) ? new URL(form.action, base) : null;
  return form.method === 'post' && target?.origin === base.origin ? target.pathname + target.search : null;
}

/** All fields of the form with ours changed. Password fields are left out, so that none is ever wiped by a blank or set to its mask. */
function wholeForm(form: { page: Page; profile: MultiplatformPages }, { pairs }: FieldChanges): Pair[] {
  const ours = new Map(pairs.map(({ name, value }) => [name, value]));
  return readAllFields(form.page.body, form.profile)
    .filter((field) => !field.password)
    .map(({ name, value }) => ({ name, value: ours.get(name) ?? value }));
}
