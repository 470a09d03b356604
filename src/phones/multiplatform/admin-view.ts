import type { UpgradeSettings } from '../../domain/phone/facts.js';
import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import type { Failure } from '../../domain/failures/failure.js';
import {
  type AdminPage,
  identitySections,
  readAdminPage,
  scanAdminPage,
  statusSections,
} from '../../pages/admin/admin-page.js';
import { readJsonAdminPage, readJsonSettings } from '../../pages/admin/json-page.js';
import { type JsonField, readJsonTab } from '../../pages/admin/json-tab.js';
import { readIdentity } from '../../pages/identity/read.js';
import { describePage } from '../../pages/sign-in/page-kind.js';
import { oddForm } from '../../pages/upgrade-form/fields.js';
import { postsByForm, readShellForm } from '../../pages/upgrade-form/shell-form.js';
import { matchesAny } from '../../pages/markup/text.js';
import { readFirmwareUpgrade, type UpgradeForm, type UpgradeReading } from '../../pages/upgrade-form/read.js';
import { originOf } from '../../transport/connection/endpoint.js';
import type { IsEnough } from '../../transport/session/page.js';
import type { Page, PhoneSession } from '../../transport/session/session.js';
import type { Depth } from '../phones.js';
import { settingsOf } from './facts.js';
import { type FormUse, formUse } from './form-use.js';

/** The admin page at one moment, as HTML or from its JSON tabs. */
export interface AdminView {
  shape: 'html' | 'json';
  /** What the form was found in, and what its action is relative to; for JSON the page that its scripts fill in. */
  page: Page;
  admin: AdminPage;
  /** The path that identified the phone. */
  readFrom: string;
  /** `null`: not requested, or not found for certain. */
  form: UpgradeForm | null;
  settings: UpgradeSettings | null;
  /** Why nothing may be posted, or no settings are shown, where that is known. */
  problem: Failure | null;
  /** It was shown only with a `Referer`. */
  referer: boolean;
  /** The connection over which all of it was read; `null` if it took several or is closed. */
  connection: number | null;
}

/** The session as readers use it. */
export type ReadingSession = Pick<PhoneSession, 'get' | 'connection' | 'host' | 'endpoint'>;

/** What is requested, and how. */
export interface HowToRead {
  depth: Depth;
  /** What is tried first. */
  referer: boolean;
}

const nothingAsked: FormUse = { form: null, settings: null, problem: null };

/** A refused page is short. */
const longestRefusal = 4_000;

/** The phone's own admin page as a `Referer`, as a browser would write it. */
export function refererOf(
  { host, endpoint }: Pick<ReadingSession, 'host' | 'endpoint'>,
  profile: MultiplatformPages,
): string {
  return new URL(profile.endpoints.adminPage, originOf({ host, endpoint })).href;
}

/**
 * Reads the admin page: without a `Referer` first, and if that is refused, with the phone's own page as one
 * (docs/knowledge/multiplatform-access.md#referer). A page that scripts fill in is read from its JSON tabs. `view` is `null` where nothing
 * was shown; `page` is the response.
 * @throws TransportError
 */
export async function readAdmin(
  session: ReadingSession,
  profile: MultiplatformPages,
  { depth, referer: refererFirst }: HowToRead,
): Promise<{ view: AdminView | null; page: Page }> {
  // A page that shows who the phone is and then more is not read to its end where nobody wants the rest.
  let early: AdminPage | null = null;
  const isEnough: IsEnough = (text) => {
    const identity = readIdentity(text, profile);
    early = identity?.admin ?? null;
    return identity?.html ?? null;
  };
  const ask = (referer: boolean): Promise<Page> => {
    early = null;
    return getPage(session, profile.endpoints.adminPage, referer, profile, depth === 'identity' ? isEnough : undefined);
  };
  let referer = refererFirst;
  let page = await ask(referer);
  if (isRefused(page, profile)) {
    const again = await ask(!referer);
    if (again.status === 200 && !isRefused(again, profile)) [page, referer] = [again, !referer];
  }
  const { connection } = session;
  const wanted = depth === 'identity' ? identitySections : statusSections;
  const scan = page.status === 200 && depth === 'settings' ? scanAdminPage(page.body, profile) : undefined;
  const admin = early ?? (page.status === 200 ? readAdminPage(page.body, profile, wanted, scan) : null);
  if (admin) {
    const use =
      depth === 'settings'
        ? formUse(
            readFirmwareUpgrade(page.body, profile, scan),
            { path: page.path, origin: originOf(session) },
            profile,
          )
        : nothingAsked;
    return { view: { shape: 'html', page, readFrom: page.path, admin, ...use, referer, connection }, page };
  }
  const view = isOurShell(page, profile) ? await readTabs(session, page, profile, { depth, referer }) : null;
  return { view, page };
}

/** Reads the view again in the same way. `null` where it no longer identifies the phone. @throws TransportError */
export async function readAdminAgain(
  session: ReadingSession,
  profile: MultiplatformPages,
  { referer }: Pick<AdminView, 'referer'>,
): Promise<AdminView | null> {
  return (await readAdmin(session, profile, { depth: 'settings', referer })).view;
}

/** The tabs one by one over the one connection, no more of them than are needed. */
async function readTabs(
  session: ReadingSession,
  shell: Page,
  profile: MultiplatformPages,
  { depth, referer }: HowToRead,
): Promise<AdminView | null> {
  const { jsonTabs } = profile;
  const pathOf = (tab: string): string => jsonTabs.path.replace('{tab}', () => encodeURIComponent(tab));
  const connections: (number | null)[] = [session.connection];
  const read = async (tab: string): Promise<JsonField[] | null> => {
    const page = await getPage(session, pathOf(tab), referer, profile);
    connections.push(session.connection);
    return page.status === 200 ? readJsonTab(page.body, jsonTabs) : null;
  };
  const status = await read(jsonTabs.status);
  if (!status || !readJsonAdminPage(status, [], profile)) return null;
  const downloads = depth === 'identity' ? [] : ((await read(jsonTabs.downloadStatus)) ?? []);
  const provisioning = depth === 'settings' ? await read(jsonTabs.provisioning) : null;
  const admin = readJsonAdminPage(status, downloads, profile);
  if (!admin) return null;
  const found = provisioning && readJsonSettings(provisioning, profile);
  const place = { path: shell.path, origin: originOf(session) };
  const use = found?.form ? formUse(shellReading(found.form, shell.body), place, profile) : nothingAsked;
  const settings: UpgradeSettings | null =
    found && !found.form ? { ...settingsOf(found.shown), withoutForm: true } : use.settings;
  const [first] = connections;
  const connection = first !== undefined && connections.every((one) => one === first) ? first : null;
  const readFrom = pathOf(jsonTabs.status);
  return { shape: 'json', page: shell, readFrom, admin, ...use, settings, referer, connection };
}

/** The fields of a tab with the form of the page that it fills in, if that has one that posts. */
function shellReading(form: UpgradeForm, shell: string): UpgradeReading {
  const own = readShellForm(shell);
  if (own) return { form: { ...form, action: own.action }, oddity: null };
  const oddity = postsByForm(shell) ? oddForm('it is not certain which of its forms posts the fields') : null;
  return { form, oddity };
}

function getPage(
  session: ReadingSession,
  path: string,
  referer: boolean,
  profile: MultiplatformPages,
  isEnough?: IsEnough,
): Promise<Page> {
  return session.get(path, referer ? refererOf(session, profile) : undefined, isEnough);
}

function isRefused({ status, body }: Page, { refererRefusalPatterns }: MultiplatformPages): boolean {
  return (
    status === 403 || (status === 200 && body.length <= longestRefusal && matchesAny(body, refererRefusalPatterns))
  );
}

/** A page without rows whose title is a phone's or missing: tabs are not requested from other makers' devices. */
function isOurShell({ status, body }: Page, profile: MultiplatformPages): boolean {
  if (status !== 200) return false;
  const { title, isShell, signIn } = describePage(body, profile);
  return isShell && signIn === null && (title === null || matchesAny(title, profile.titlePatterns));
}
