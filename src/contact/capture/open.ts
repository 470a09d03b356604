import { basename } from 'node:path';
import type { Clock } from '../../domain/ports/clock.js';
import { failure } from '../../domain/failures/failure-codes.js';
import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import { printable } from '../../domain/text/printable.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { formatOf } from '../../pages/rewrite/rewrite.js';
import { decodeBody } from '../../transport/body/response.js';
import type { Encounter, Reading, RecordedExchange, RecordedPage, UsedAccess } from '../meet/encounter.js';
import { isAnswered } from '../meet/recorder.js';
import { replay, type Replayed } from '../meet/replay.js';
import { failureWithoutPage } from '../meet/unanswered.js';
import { type Manifest, manifestSchema } from './manifest.js';
import { bytesOf, isZip, readZip } from './zip.js';

/** An archive that is a capture. */
export interface OpenedCapture {
  manifest: Manifest;
  /** Bodies by the name of their file. */
  files: ReadonlyMap<string, string>;
  /** Names of files that no capture has: somebody put them there. */
  foreign?: readonly string[];
}

/** What a file is read again with. */
export interface OpenOptions {
  profiles: PhoneProfiles;
  clock: Clock;
}

const manifestName = 'manifest.json';
/** No page of a phone is longer. */
const longestPage = 8_000_000;

/** Puts a capture's files together. */
export function captureFiles({ manifest, files }: OpenedCapture): Map<string, string> {
  return new Map([[manifestName, `${JSON.stringify(manifest, null, 2)}\n`], ...files]);
}

/** Opens an archive and checks that it is a capture. @throws UsageError */
export async function openCapture(path: string): Promise<OpenedCapture> {
  const files = await readZip(path);
  const text = files.get(manifestName);
  if (text === undefined)
    throw new UsageError(
      `${path} is no capture: it holds no ${manifestName}; name the file that fleet-migrate capture has written.`,
    );
  const manifest = manifestIn(text, path);
  files.delete(manifestName);
  const missing = manifest.exchanges.find(({ file }) => file !== null && !files.has(file));
  if (missing)
    throw new UsageError(
      `${path} is no whole capture: ${missing.file ?? ''} is missing; copy it once more, or capture the phone again.`,
    );
  const own = new Set(manifest.exchanges.map(({ file }) => file));
  return { manifest, files, foreign: [...files.keys()].filter((name) => !own.has(name)) };
}

function manifestIn(text: string, path: string): Manifest {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw damaged(path, 'it is not JSON', error);
  }
  const result = manifestSchema.safeParse(data);
  if (result.success) return result.data;
  const { schema } = (data ?? {}) as { schema?: unknown };
  if (typeof schema === 'string' && schema !== manifestSchema.shape.schema.value)
    throw new UsageError(
      `${path} is no capture of this version: it says ${printable(schema, 60)}; read it with the version of fleet-migrate that made it.`,
    );
  const key = result.error.issues[0]?.path.join('.') ?? '';
  throw damaged(path, key === '' ? 'it holds no capture' : `${printable(key, 100)} is not as this program writes it`);
}

function damaged(path: string, why: string, cause?: unknown): UsageError {
  return new UsageError(
    `${path} is no capture: its ${manifestName} is damaged (${why}); copy it once more, or capture the phone again.`,
    { cause },
  );
}

/** Reads a capture (.zip) or a saved page again by the code that reads phones. Nothing is contacted. @throws UsageError */
export async function encounterFrom(path: string, options: OpenOptions): Promise<Encounter> {
  return isZip(bytesOf(path)) ? fromCapture(await openCapture(path), path, options) : fromPage(path, options);
}

/** Reads a capture again. */
export async function fromCapture(
  { manifest, files }: OpenedCapture,
  path: string,
  { profiles, clock }: OpenOptions,
): Promise<Encounter> {
  const exchanges = manifest.exchanges.map((exchange): RecordedExchange => {
    const { method, path: at, endpoint, sent, failure, tookMs, status, headers, charset, file } = exchange;
    const page = status === null || file === null ? null : { status, headers, body: files.get(file) ?? '', charset };
    return { method, path: at, endpoint, sent, page, failure, tookMs };
  });
  const readings = manifest.readings.map(({ asked, referer, exchange, signIn, failure }): Reading => {
    const from = exchange === null ? undefined : exchanges[exchange];
    const got = from?.page ? { ...from.page, path: from.path, ...(signIn === undefined ? {} : { signIn }) } : null;
    return { asked, referer, got, failure };
  });
  const { address, ports, madeAt } = manifest;
  const access = manifest.access && isAnswered(manifest.access.endpoint, exchanges) ? manifest.access : null;
  const replayed: Replayed = access
    ? await replay({ address, access, readings }, profiles, clock)
    : { look: null, view: null, failure: failureWithoutPage(ports, exchanges), notInFile: [] };
  return {
    address,
    from: { kind: 'capture', file: basename(path) },
    at: Date.parse(madeAt) || 0,
    ports,
    access,
    exchanges,
    readings,
    ...replayed,
  };
}

/** Where a saved page may have come from: the admin page, or the start page of an Enterprise phone, which leads to its device page. */
async function fromPage(file: string, { profiles, clock }: OpenOptions): Promise<Encounter> {
  const bytes = bytesOf(file);
  if (bytes.length > longestPage) throw new UsageError(`${file} is too large to be a page of a phone.`);
  const { text: body, charset } = savedText(bytes);
  if (body.trim() === '') throw new UsageError(`${file} is empty; save the page once more.`);
  const why = whyNoPage(bytes, body);
  if (why !== null) throw new UsageError(`${file} is ${why}; save the page from a browser as "web page, HTML only".`);
  const page: RecordedPage = { status: 200, headers: { 'content-type': 'text/html' }, body, charset };
  const { multiplatform, enterprise } = profiles;
  const places =
    formatOf(body) === 'xml'
      ? [multiplatform.endpoints.statusXml, enterprise.endpoints.deviceXml[0] ?? '/']
      : [multiplatform.endpoints.adminPage, '/'];
  const found: Encounter[] = [];
  for (const path of places) {
    const one = await savedAt(path, page, file, { profiles, clock });
    // A status file that names no phone is only some file: that its admin page failed was not seen.
    if (path !== multiplatform.endpoints.statusXml || one.look?.kind === 'phone') found.push(one);
  }
  const [first, second] = found;
  const best =
    found.find(({ look }) => look?.kind === 'phone') ??
    found.find(({ look }) => look?.kind === 'unreadable') ??
    second ??
    first;
  if (!best) throw new RangeError('there is no place for a page');
  return best;
}

/** A browser on Windows may save as UTF-16, which no phone serves. */
function savedText(bytes: Buffer): ReturnType<typeof decodeBody> {
  const mark = bytes.subarray(0, 2).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : null;
  return encoding === null ? decodeBody(bytes, '') : { text: new TextDecoder(encoding).decode(bytes), charset: 'utf8' };
}

/** What a file is that no page was saved in as it is; `null` where it may be one. */
function whyNoPage(bytes: Buffer, text: string): string | null {
  if (bytes.subarray(0, 2).toString('hex') === '1f8b') return 'a compressed file (gzip)';
  if (/^(?:From|MIME-Version|Content-Type|Snapshot-Content-Location):[^\n]*\n/i.test(text))
    return 'a web archive (MHTML)';
  const isPage = (text.includes('<') && !text.includes('\u0000')) || formatOf(text) === 'json';
  return isPage ? null : 'neither a page nor a capture';
}

/**
 * Where a page was saved from: a browser writes the phone's address into the form's action, and a form may name its own address. Nobody's
 * address where it does not.
 */
function originIn(body: string): { address: string; access: UsedAccess } {
  const [, scheme = 'http', host = 'saved-page.invalid', port] =
    /\baction\s*=\s*["']?(https?):\/\/([a-z0-9][a-z0-9.-]*)(?::(\d{1,5}))?\//i.exec(body) ?? [];
  const isHttps = scheme.toLowerCase() === 'https';
  const endpoint: UsedAccess['endpoint'] = {
    scheme: isHttps ? 'https' : 'http',
    port: Number(port ?? (isHttps ? 443 : 80)),
  };
  const unknown = { protocol: null, checked: false, signedInBy: null, certified: null };
  return { address: host, access: { ...unknown, endpoint, scheme: 'http' } };
}

/** Of a status file alone: that the admin page failed was only said so that it speaks for the phone. */
function withoutAdminPage(replayed: Replayed, isStatusAlone: boolean): Replayed {
  const { look } = replayed;
  if (!isStatusAlone || look?.kind !== 'phone') return replayed;
  const settingsProblem = failure(
    'fields-missing',
    'This is the status file alone; the settings are on the admin page.',
  );
  return { ...replayed, look: { ...look, facts: { ...look.facts, settingsProblem } } };
}

async function savedAt(
  path: string,
  page: RecordedPage,
  file: string,
  { profiles, clock }: OpenOptions,
): Promise<Encounter> {
  const { adminPage, statusXml } = profiles.multiplatform.endpoints;
  const readings: Reading[] = [{ asked: path, referer: false, got: { ...page, path }, failure: null }];
  // A status file speaks for a phone only where its admin page fails.
  if (path === statusXml)
    readings.push({
      asked: adminPage,
      referer: false,
      got: { ...page, status: 500, body: '', path: adminPage },
      failure: null,
    });
  const replayed = withoutAdminPage(
    await replay({ ...originIn(page.body), readings }, profiles, clock),
    path === statusXml,
  );
  return {
    address: basename(file),
    from: { kind: 'page', file: basename(file) },
    at: 0,
    ports: [],
    access: null,
    exchanges: [],
    readings,
    ...replayed,
    // Only one page was saved: that the others are not there says nothing.
    notInFile: [],
  };
}
