import { agreementText, disagreementText } from '../../domain/phone/cross-check.js';
import type { Failure } from '../../domain/failures/failure.js';
import type { PhoneFacts } from '../../domain/phone/facts.js';
import type { NearLabel } from '../../domain/phone/near-label.js';
import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import { readJsonTab } from '../../pages/admin/json-tab.js';
import { formatOf } from '../../pages/rewrite/rewrite.js';
import { describePage } from '../../pages/sign-in/page-kind.js';
import { nearAdminLabels, nearDeviceLabels, nearTabLabels } from '../../pages/trace/near-labels.js';
import {
  traceAdminPage,
  traceEnterpriseHtml,
  traceEnterpriseXml,
  traceStatusFile,
  traceUpgradeForm,
} from '../../pages/trace/where-read.js';
import { hintHere } from './hints.js';
import { originOf } from '../../transport/connection/endpoint.js';
import type { Encounter, RecordedExchange } from '../meet/encounter.js';
import { bodyAt, factsShown, identifyingPage } from './facts-shown.js';
import { hideSecrets, shownPath } from './hide-secrets.js';
import type { ProbeExchange, ProbeReport } from './probe-report.js';
import { formShown, methodsShown, missingForWrite, settingsShown } from './writing.js';

/** Failures after which nothing is known to be at the address, unless a port of it took a connection. */
const nobody: ReadonlySet<string> = new Set([
  'connect-refused',
  'connect-timeout',
  'host-unreachable',
  'unresolved-host',
]);

/** What an encounter shows, as a report. @param version of this program */
export function describeEncounter(encounter: Encounter, profiles: PhoneProfiles, version: string): ProbeReport {
  const { look, view, from, access } = encounter;
  const facts = look?.kind === 'phone' ? look.facts : null;
  const page = facts && identifyingPage(facts, encounter, profiles);
  const body = page && bodyAt(encounter, view?.page.path ?? page.path);
  const { witnesses } = facts ?? {};
  const agreed = witnesses ? agreementText(witnesses) : null;
  return {
    schema: 'fleet-migrate/probe@1',
    version,
    at: new Date(encounter.at).toISOString(),
    address: encounter.address,
    from: { kind: from.kind, file: from.kind === 'phone' ? null : from.file },
    result: resultOf(encounter),
    detail: look?.kind === 'not-a-phone' ? look.detail : null,
    failure: toldHere(
      encounter.failure ?? (look?.kind === 'unreadable' ? look.failure : (facts?.settingsProblem ?? null)),
      from.kind,
    ),
    ports: encounter.ports,
    access: access && {
      scheme: access.endpoint.scheme,
      port: access.endpoint.port,
      protocol: access.protocol,
      certificateChecked: access.checked && access.endpoint.scheme === 'https',
      signedInBy: access.signedInBy,
    },
    exchanges: encounter.exchanges.map((exchange) => exchangeShown(exchange, encounter.address)),
    family: facts && { name: facts.family, why: whyFamily(facts) },
    page: page && {
      path: page.path,
      kind: page.kind,
      reader: page.reader,
      title: body === null ? null : describePage(body, profiles.multiplatform).title,
    },
    facts: facts ? factsShown(facts, page) : [],
    settings: facts ? settingsShown(facts, encounter, profiles) : [],
    form: formShown(view, profiles),
    crossCheck: {
      agreed: agreed === null ? [] : agreed.split('; '),
      disagreements: (witnesses?.disagreements ?? []).map((one) => hideSecrets(disagreementText([one]))),
    },
    writeMethods: view ? methodsShown(view, profiles) : [],
    missing: facts ? missingForWrite(facts, view).map(hideSecrets) : [],
    knownLabels: facts?.settingsProblem === null ? [] : labelsSeen(encounter, profiles),
    didYouMean: nearLabels(encounter, profiles),
    notInFile: encounter.notInFile,
  };
}

function toldHere(failure: Failure | null, from: Encounter['from']['kind']): Failure | null {
  return failure && { ...failure, message: hideSecrets(failure.message), hint: hintHere(failure, from) };
}

function resultOf({ look, failure, ports }: Encounter): ProbeReport['result'] {
  if (look) return look.kind;
  const isOpen = ports.some((port) => port.failure === null);
  return failure && nobody.has(failure.code) && !isOpen ? 'no-answer' : 'unreadable';
}

/** Which text decided the family. */
function whyFamily({ family, productId, softwareVersion, readFrom }: PhoneFacts): string {
  const product = `${readFrom} names the product ${productId ?? '(none)'}`;
  switch (family) {
    case 'enterprise':
      return `${product}, which no Multiplatform phone is called, on a page that Enterprise firmware has`;
    case 'transition':
      return `${product}, and its firmware ${softwareVersion ?? ''} is a transition load`;
    case 'multiplatform':
      return `${product}, as only Multiplatform phones are called`;
  }
}

function exchangeShown(exchange: RecordedExchange, host: string): ProbeExchange {
  const { method, path, endpoint, page, tookMs } = exchange;
  return {
    method,
    url: `${originOf({ host, endpoint })}${shownPath(path)}`,
    status: page?.status ?? null,
    bytes: page === null ? null : Buffer.byteLength(page.body, page.charset),
    contentType: page?.headers['content-type'] ?? null,
    tookMs,
    note: noteOn(exchange),
  };
}

function noteOn({ method, sent, page, failure }: RecordedExchange): string | null {
  if (failure) return `${failure.code}: ${failure.message}`;
  const notes: string[] = [];
  if (method === 'POST') notes.push('posts a login form');
  if (sent.includes('authorization')) notes.push('with a password');
  if (sent.includes('referer')) notes.push('with a Referer');
  const challenge = /^\s*(\w+)/.exec(page?.headers['www-authenticate'] ?? '')?.[1];
  if (challenge !== undefined) notes.push(`asks to sign in by ${challenge}`);
  const location = page?.headers['location'];
  if (location !== undefined) notes.push(`leads to ${shownPath(location)}`);
  return notes.length === 0 ? null : notes.join(', ');
}

/** The known labels of every page that came, each once: what of a page that was not understood is understood. */
function labelsSeen({ readings }: Encounter, { multiplatform, enterprise }: PhoneProfiles): ProbeReport['knownLabels'] {
  const found: ProbeReport['knownLabels'][number][] = [];
  for (const { got } of readings) {
    if (got?.status !== 200) continue;
    const { body, path } = got;
    const texts =
      formatOf(body) === 'xml'
        ? [...traceStatusFile(body, multiplatform), ...traceEnterpriseXml(body, enterprise)]
        : [
            ...traceAdminPage(body, multiplatform).texts,
            ...traceUpgradeForm(body, multiplatform),
            ...traceEnterpriseHtml(body, enterprise),
          ];
    for (const { field, name } of texts)
      if (!found.some((one) => one.label === name)) found.push({ field, label: name, page: path });
  }
  return found;
}

/** Near misses on every page that came, each once. */
function nearLabels(
  { readings, look }: Encounter,
  { multiplatform, enterprise }: PhoneProfiles,
): ProbeReport['didYouMean'] {
  const isEnterprise = look?.kind === 'phone' && look.facts.family === 'enterprise';
  const found: (NearLabel & { page: string })[] = [];
  for (const { got } of readings) {
    if (got?.status !== 200) continue;
    const { body, path } = got;
    const tab = readJsonTab(body, multiplatform.jsonTabs);
    const near = tab
      ? nearTabLabels(
          tab.map(({ name }) => name),
          multiplatform,
        )
      : formatOf(body) === 'xml'
        ? []
        : isEnterprise
          ? nearDeviceLabels(body, enterprise)
          : nearAdminLabels(body, multiplatform);
    for (const one of near) if (!found.some(({ shown }) => shown === one.shown)) found.push({ ...one, page: path });
  }
  return found;
}
