import { settingLabels } from '../../domain/phone/facts.js';
import { printable } from '../../domain/text/printable.js';
import type { PortLook, TlsLook } from '../../transport/session/port-look.js';
import type { ProbeFact, ProbeReport } from './probe-report.js';

/** A heading and its lines. */
type Block = readonly [heading: string, lines: readonly string[]];

/** A probe in words for the engineer at the phone's desk. Ends in a line break. */
export function probeInWords(report: ProbeReport): string {
  const blocks: Block[] = [
    ['', introduction(report)],
    ['Ports', report.ports.flatMap(portLines)],
    ['Asked and answered', report.exchanges.map(exchangeLine)],
    ['What it is', whatItIs(report)],
    ['Facts, and where each was read', report.facts.map(factLine)],
    ['The three settings', settingLines(report)],
    ['Cross-check with the other pages', crossCheckLines(report)],
    ['Write methods, in the order in which a run would try them (nothing was written)', methodLines(report)],
    ['Missing for a write', missingLines(report)],
    ['Known labels on these pages', knownLabelLines(report)],
    [
      'Labels that are nearly ones we know',
      report.didYouMean.map(
        ({ shown, meant, page }) =>
          `"${printable(shown, 60)}" on ${page}: did you mean "${meant}"? If so, add it with --phone-profiles.`,
      ),
    ],
    ['Not in the file', report.notInFile.map((path) => `${path}: a reader asked for it; it was taken as not found`)],
  ];
  const shown = blocks
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) => (heading === '' ? lines : [heading, ...lines.map((line) => `  ${line}`)]));
  // Whatever a phone or a file put into a line: it stays a line.
  return `${shown.map((lines) => lines.map((line) => printable(line, longestLine)).join('\n')).join('\n\n')}\n`;
}

const longestLine = 4_000;

function introduction({ address, at, from, result, detail, failure, family, facts }: ProbeReport): string[] {
  const model = facts.find(({ name }) => name === 'model')?.value;
  const what = {
    phone: `a phone: ${[typeof model === 'string' ? text(model) : 'model unknown', family?.name].filter(Boolean).join(', ')}`,
    unreadable: 'something answers, but it could not be read',
    'not-a-phone': 'not a phone',
    'no-answer': 'nothing answers',
  }[result];
  const source =
    from.kind === 'phone'
      ? `read at ${at}`
      : `from the ${from.kind === 'capture' ? 'capture' : 'saved page'} ${from.file ?? ''}`;
  return [
    `${address}: ${what} (${source})`,
    ...(detail === null ? [] : [text(detail)]),
    ...(failure === null ? [] : [`${failure.code}: ${text(failure.message)}`, `What to do: ${failure.hint}`]),
  ];
}

function portLines({ endpoint, failure, tookMs, tls }: PortLook): string[] {
  const name = `${endpoint.scheme} ${endpoint.port}:`;
  if (failure) return [`${name} ${failure.code} (${text(failure.message)})`];
  const open = `${name} open after ${tookMs} ms`;
  if (!tls) return [open];
  if ('code' in tls) return [open, `  no TLS: ${tls.code} (${text(tls.message)})`];
  return [open, ...tlsLines(tls).map((line) => `  ${line}`)];
}

function tlsLines({ protocol, cipher, trusted, distrust, certificate }: TlsLook): string[] {
  const trust = trusted ? 'signed by a trusted authority' : `not trusted (${text(distrust ?? 'unknown')})`;
  if (!certificate) return [`${protocol ?? 'TLS'}, ${cipher}; it shows no certificate`];
  const { subject, issuer, validFrom, validTo, fingerprint } = certificate;
  return [
    `${protocol ?? 'TLS'}, ${cipher}; its certificate is ${trust}`,
    `subject ${text(subject)}`,
    `issuer  ${text(issuer)}`,
    `valid from ${validFrom ?? '?'} to ${validTo ?? '?'}`,
    `SHA-256 ${fingerprint}`,
  ];
}

function exchangeLine({
  method,
  url,
  status,
  bytes,
  contentType,
  tookMs,
  note,
}: ProbeReport['exchanges'][number]): string {
  const answer =
    status === null
      ? 'no response'
      : `${status}, ${bytes ?? 0} bytes, ${contentType === null ? 'no content type' : text(contentType)}`;
  return `${method} ${text(url)}: ${answer}, ${tookMs} ms${note === null ? '' : `; ${text(note)}`}`;
}

function whatItIs({ family, page, access }: ProbeReport): string[] {
  const lines: string[] = [];
  if (family) lines.push(`family ${family.name}: ${text(family.why)}`);
  if (page)
    lines.push(
      `${page.kind} at ${page.path}, read ${page.reader}${page.title === null ? '' : `; its title is "${text(page.title)}"`}`,
    );
  if (access) {
    const secured =
      access.scheme === 'https'
        ? ` (${access.protocol ?? 'TLS'}, certificate ${access.certificateChecked ? 'checked' : 'not checked'})`
        : '';
    const signedIn = access.signedInBy === null ? 'without a password' : `signed in by ${access.signedInBy}`;
    lines.push(`spoken to over ${access.scheme}${secured} on port ${access.port}, ${signedIn}`);
  }
  return lines;
}

function factLine({ name, value, page, label }: ProbeFact): string {
  const shown =
    value === null
      ? '(not shown)'
      : typeof value === 'string'
        ? quoted(value)
        : value.length === 0
          ? '(none)'
          : value.map(quoted).join(' | ');
  const where =
    value === null || (typeof value !== 'string' && value.length === 0)
      ? ''
      : `   [${page}${label === null ? '' : `, "${text(label)}"`}]`;
  return `${name}: ${shown}${where}`;
}

function quoted(value: string): string {
  return value === '' ? '(empty)' : text(value);
}

function settingLines({ settings, form }: ProbeReport): string[] {
  const lines = settings.map(({ setting, value, label, control, options }) => {
    const holds = value === null ? 'no such field' : value === '' ? '(empty)' : text(value);
    const offered = options.length === 0 ? '' : `, offers ${options.map((one) => text(one)).join(', ')}`;
    const posted = control === null ? '' : `   [control ${text(control)}${label === null ? '' : `, "${text(label)}"`}]`;
    return `${settingLabels[setting]}: ${holds}${offered}${posted}`;
  });
  if (!form) return lines;
  const { method, action, encoding, page, hidden } = form;
  const along = hidden.map(({ name, characters }) => `${text(name)} (${characters} characters)`).join(', ');
  return [
    ...lines,
    `form on ${page}: ${method} to "${text(action)}" as ${text(encoding)}; hidden fields: ${along === '' ? 'none' : along}`,
  ];
}

function crossCheckLines({ crossCheck }: ProbeReport): string[] {
  return [...crossCheck.agreed, ...crossCheck.disagreements].map((line) => text(line));
}

function methodLines({ writeMethods }: ProbeReport): string[] {
  const says = { yes: 'possible', 'if-allowed': 'only if allowed', no: 'not possible' } as const;
  return writeMethods.map(({ method, possible, why }, at) => `${at + 1}. ${method}: ${says[possible]}; ${why}`);
}

function missingLines({ result, missing }: ProbeReport): string[] {
  if (result !== 'phone') return [];
  return missing.length === 0
    ? ['nothing that the phone itself shows; whether it may move, an audit says']
    : missing.map((line) => text(line));
}

function text(untrusted: string): string {
  return printable(untrusted, 300);
}

function knownLabelLines({ knownLabels }: ProbeReport): string[] {
  return knownLabels.map(({ field, label, page }) => `"${text(label)}" on ${text(page)}, taken for ${field}`);
}
