import type { HarmlessWords } from '../../domain/phone/harmless-words.js';
import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import { formatOf, rewritePage } from '../../pages/rewrite/rewrite.js';
import type { PortLook } from '../../transport/session/port-look.js';
import type { Encounter, Reading, RecordedExchange } from '../meet/encounter.js';
import { Disguise } from '../replace/disguise.js';
import { knownWords } from '../replace/known-words.js';
import { Forms } from '../replace/patterns.js';
import { StandIns } from '../replace/stand-ins.js';
import { about, type Manifest } from './manifest.js';

/** What a capture is made with. */
export interface CaptureOptions {
  profiles: PhoneProfiles;
  words: HarmlessWords;
  /** Thrown away afterwards: without it nothing leads back from a stand-in. At least 16 random bytes. */
  secret: Buffer;
  /** Labels and headings keep words that are not known: those of another language. */
  keepLabels?: boolean;
  /** Of this program. */
  version: string;
}

/** A capture before it is written. */
export interface Capture {
  manifest: Manifest;
  /** Bodies by the name of their file. */
  files: Map<string, string>;
  /** What was made of everything personal; not part of the file. */
  disguise: Disguise;
}

/** Makes a capture of what was said to a phone. */
export function buildCapture(
  encounter: Encounter,
  { profiles, words, secret, version, keepLabels }: CaptureOptions,
): Capture {
  const disguise = new Disguise(new Forms(words), knownWords(profiles, words), new StandIns(secret), keepLabels);
  const mac = encounter.look?.kind === 'phone' ? encounter.look.facts.mac : null;
  for (const known of [mac, encounter.access?.certified ?? null]) if (known !== null) disguise.learnMac(known);
  const rewrite = (): Pick<Capture, 'manifest' | 'files'> => rewritten(encounter, disguise, profiles, version);
  // What is found to be personal on the last page is replaced on the first one, too.
  rewrite();
  disguise.standIns.learned();
  const { manifest, files } = rewrite();
  manifest.replaced = disguise.standIns.tallies;
  manifest.standIns = disguise.standIns.all;
  return { manifest, files, disguise };
}

function rewritten(
  encounter: Encounter,
  disguise: Disguise,
  { multiplatform }: PhoneProfiles,
  version: string,
): Pick<Capture, 'manifest' | 'files'> {
  const { standIns } = disguise;
  const files = new Map<string, string>();
  const exchanges = encounter.exchanges.map((exchange, at): Manifest['exchanges'][number] => {
    const { method, endpoint, sent, page, tookMs } = exchange;
    standIns.file = 'manifest.json';
    const path = disguise.link(exchange.path);
    const failure = told(exchange.failure, disguise);
    const headers = Object.fromEntries(
      Object.entries(page?.headers ?? {}).map(([name, value]) => [
        disguise.headerName(name),
        disguise.header(name, value),
      ]),
    );
    const file = page && fileFor(at, exchange, path);
    if (page && file !== null) {
      standIns.file = file;
      files.set(file, rewritePage(page.body, disguise, multiplatform.jsonTabs));
    }
    const charset = page?.charset ?? 'utf8';
    return {
      method,
      path,
      endpoint,
      sent: [...sent],
      status: page?.status ?? null,
      headers,
      charset,
      file,
      failure,
      tookMs,
    };
  });
  standIns.file = 'manifest.json';
  const { access } = encounter;
  const manifest: Manifest = {
    schema: 'fleet-migrate/capture@1',
    about,
    version,
    madeAt: new Date(encounter.at).toISOString(),
    address: standIns.ip(encounter.address),
    ports: encounter.ports.map((port) => portShown(port, disguise)),
    access: access && { ...access, certified: access.certified === null ? null : standIns.mac(access.certified) },
    exchanges,
    readings: encounter.readings.map((reading) => readingShown(reading, encounter.exchanges, disguise)),
    replaced: [],
    standIns: [],
  };
  return { manifest, files };
}

/** `pages/003-admin-status.xml`, from the path as it is shown. */
function fileFor(at: number, { page }: RecordedExchange, path: string): string {
  const name = path
    .replace(/[^a-z0-9]+/gi, '-')
    .replace(/^-|-(?:html?|xml|json)$|-$/gi, '')
    .slice(0, 50);
  return `pages/${String(at + 1).padStart(3, '0')}-${name || 'start'}.${formatOf(page?.body ?? '')}`;
}

function told(failure: RecordedExchange['failure'], disguise: Disguise): RecordedExchange['failure'] {
  return failure && { code: failure.code, message: disguise.message(failure.message) };
}

function portShown(port: PortLook, disguise: Disguise): Manifest['ports'][number] {
  const { tls } = port;
  const failure = told(port.failure, disguise);
  if (!tls) return { ...port, failure, tls: null };
  if ('code' in tls) return { ...port, failure, tls: told(tls, disguise) };
  const { certificate } = tls;
  return {
    ...port,
    failure,
    tls: {
      ...tls,
      certificate: certificate && {
        ...certificate,
        subject: disguise.certified(certificate.subject),
        issuer: disguise.certified(certificate.issuer),
        fingerprint: disguise.standIns.alike('token', certificate.fingerprint).toUpperCase(),
      },
    },
  };
}

function readingShown(
  { asked, referer, got, failure }: Reading,
  exchanges: readonly RecordedExchange[],
  disguise: Disguise,
): Manifest['readings'][number] {
  const at = exchanges.findLastIndex(
    ({ page, path }) => got !== null && page?.body === got.body && page.status === got.status && path === got.path,
  );
  return {
    asked: disguise.link(asked),
    referer,
    exchange: at < 0 ? null : at,
    ...(got?.signIn === undefined ? {} : { signIn: got.signIn }),
    failure: told(failure, disguise),
  };
}
