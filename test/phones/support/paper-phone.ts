import type { Clock } from '../../../src/domain/ports/clock.js';
import { usualWriteMethods } from '../../../src/domain/plan/write-methods.js';
import { type AdminView, readAdmin } from '../../../src/phones/multiplatform/admin-view.js';
import type { WriteTools } from '../../../src/phones/multiplatform/write.js';
import { RunMethodMemory } from '../../../src/phones/method-memory.js';
import type { Charset } from '../../../src/transport/body/response.js';
import type { Page } from '../../../src/transport/session/session.js';
import { TransportError } from '../../../src/transport/errors/transport-error.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';

/** What a form holds, by the names of its fields: 1 upgrade rule, 2 authorization rule, 3 type. */
export type Values = Record<string, string>;

/** How a paper phone differs from a good one. */
export interface Oddity {
  form?: string;
  mac?: string;
  /** More rows of the form, as markup. */
  more?: string;
  charset?: Charset;
  path?: string;
  /** What a post does to the values: by default it sets them. `null`: it applies nothing. */
  applies?: ((posted: Values, before: Values, count: number, referer?: string) => Values) | null | undefined;
  /** Names of fields that differ from their usual ones, now. */
  names?: () => Values;
  /** What a Direct Action does to the values. */
  acts?: ((path: string, before: Values) => Values | Promise<Values>) | undefined;
  /** What a post answers; a text is the failure's code. */
  answers?: number | TransportError['code'];
  /** What reading back shows, by how often it was tried: by default the page. */
  rereads?: ((attempt: number) => Page | TransportError['code'] | null) | undefined;
}

export interface PaperPhone {
  tools: WriteTools;
  /** The page as it is now. */
  page(): Page;
  /** The same as it was read. */
  view(): Promise<AdminView>;
  /** The bodies posted, and where. */
  posted: { path: string; body: Buffer; contentType: string; referer?: string | undefined }[];
  /** Direct Actions asked for. */
  acted: string[];
  rereads: number;
  /** How long was waited before each reading back. */
  waits: number[];
  values: Values;
}

export const mac = '00CCFC123456';

/** A phone that exists on paper only: what it is asked goes no further than this. */
export function paperPhone(values: Values, oddity: Oddity = {}): PaperPhone {
  const phone: PaperPhone = {
    posted: [],
    acted: [],
    rereads: 0,
    waits: [],
    values: { ...values },
    page: () => written(phone.values, oddity),
    view: async () => {
      const view = await viewOf(phone.page());
      if (!view) throw new Error('the page shows nothing');
      return view;
    },
    tools: {
      profile: multiplatform,
      settleMs: 100,
      origin: 'http://10.0.0.7:8080',
      referer: 'http://10.0.0.7:8080/admin/advanced',
      methods: usualWriteMethods,
      memory: new RunMethodMemory(),
      offers: null,
      ends: () => ({ ours: '10.0.0.9', theirs: '10.0.0.7' }),
      clock: {
        now: () => 1_700_000_000_000,
        monotonic: () => 1_000,
        after: (ms, run) => {
          phone.waits.push(ms);
          queueMicrotask(run);
          return () => {};
        },
      } satisfies Clock,
      post: (path, body, contentType, referer) => {
        phone.posted.push({ path, body, contentType, referer });
        const { applies = (sent, before) => ({ ...before, ...sent }), answers = 200 } = oddity;
        const sent = Object.fromEntries(new URLSearchParams(body.toString()));
        if (applies) phone.values = applies(sent, phone.values, phone.posted.length, referer);
        return typeof answers === 'number'
          ? Promise.resolve({ ...phone.page(), status: answers })
          : Promise.reject(new TransportError(answers, 'in the middle'));
      },
      act: async (path) => {
        phone.acted.push(path);
        const { acts = (_path: string, before: Values) => before, answers = 200 } = oddity;
        phone.values = await acts(path, phone.values);
        if (typeof answers !== 'number') throw new TransportError(answers, 'in the middle');
        return { ...phone.page(), body: '', status: answers };
      },
      stillOurs: (view) => Promise.resolve(view),
      reread: () => {
        phone.rereads += 1;
        const shown = oddity.rereads?.(phone.rereads) ?? phone.page();
        return typeof shown === 'string' ? Promise.reject(new TransportError(shown, 'again')) : viewOf(shown);
      },
    },
  };
  return phone;
}

/** A page as the reader sees it. */
async function viewOf(page: Page): Promise<AdminView | null> {
  const session = {
    get: () => Promise.resolve(page),
    connection: 1,
    host: '10.0.0.7',
    endpoint: { scheme: 'http', port: 8080 },
  } as const;
  return (await readAdmin(session, multiplatform, { depth: 'settings', referer: false })).view;
}

function written(
  values: Values,
  { form, more = '', charset = 'utf8', path = '/admin/advanced', ...odd }: Oddity,
): Page {
  const escaped = (name: string): string => (values[name] ?? '').replace(/&/g, '&amp;').replace(/"/g, '&quot;');
  const option = (value: string, label: string): string =>
    `<option value="${value}"${values['3'] === value ? ' selected' : ''}>${label}</option>`;
  const body = `<html><body><div><h3>Product Information</h3><table>
<tr><td>Product Name:</td><td>CP-8841-3PCC</td><td>MAC Address:</td><td>${odd.mac ?? mac}</td></tr></table></div>
${form ?? '<form action="bcisco.csc" method="post">'}<h3>Firmware Upgrade</h3><table>
<tr><td>Upgrade Rule:</td><td><input name="${odd.names?.()['1'] ?? '1'}" value="${escaped('1')}"></td></tr>
<tr><td>Transition Authorization Rule:</td><td><input name="2" value="${escaped('2')}"></td></tr>
<tr><td>Transition Authorization Type:</td><td><select name="3">${option('0', 'Classic')}${option('1', 'WxC')}</select></td></tr>
${more}</table><h3>CA Settings</h3></form></body></html>`;
  return { status: 200, headers: {}, body, charset, path };
}
