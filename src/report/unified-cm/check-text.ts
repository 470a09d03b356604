import { isAllSo, type UcmCheck, type UcmFinding } from '../../domain/unified-cm/check.js';
import { printable, safeJson } from '../../domain/text/printable.js';
import { alignColumns, wrap } from '../plain-text.js';

const width = 100;
const longest = 1_000;

/** The check of a Unified CM for people: what is so, then what to do about the rest. */
export function renderUcmCheck(check: UcmCheck): string {
  const { findings, uploads, notes } = check;
  const lines = alignColumns([
    ['so', 'what', 'found'],
    ...findings.map(({ about, subject, state, text }) => [
      state,
      printable(about === 'version' ? subject : `${words[about]}: ${subject}`, 100),
      printable(text, longest),
    ]),
  ]);
  const advice = [...new Set(findings.flatMap((finding) => finding.advice ?? []))];
  const bullet = (text: string): string[] => wrap(printable(text, longest), width, '  - ');
  return [
    ...lines,
    '',
    ...notes.flatMap((note) => wrap(note, width)),
    ...(notes.length > 0 ? [''] : []),
    verdict(findings),
    ...(advice.length > 0 ? ['', 'What to do:', ...advice.flatMap(bullet)] : []),
    ...uploads.flatMap(({ node, page, files }) => [
      '',
      ...wrap(
        `By hand, to ${printable(node, 100)}, as Unified CM has no interface for it: ${page}, then Software Upgrades > TFTP File Management > Upload File, with an empty directory:`,
        width,
      ),
      ...files.flatMap(bullet),
    ]),
    '',
  ].join('\n');
}

const words: Readonly<Record<UcmFinding['about'], string>> = {
  ...{ version: 'version', rights: 'right', phones: 'phones', 'tftp-service': 'service' },
  ...{ load: 'load', restart: 'restarted since', license: 'license' },
};

function verdict(findings: readonly UcmFinding[]): string {
  if (isAllSo({ findings }))
    return 'All that was asked for is so. Signatures were not verified: only phones hold the keys.';
  const count = (state: UcmFinding['state']): number =>
    findings.filter((finding) => finding.isAsked && finding.state === state).length;
  const parts = [
    ...(count('no') > 0 ? [`${count('no')} ${count('no') === 1 ? 'is' : 'are'} not`] : []),
    ...(count('unknown') > 0 ? [`${count('unknown')} ${count('unknown') === 1 ? 'is' : 'are'} unknown`] : []),
  ];
  return `Not all that was asked for is so: ${parts.join(', ')}.`;
}

/** The same as JSON, schema `fleet-migrate/ucm-check@1`. */
export function renderUcmCheckJson(check: UcmCheck): string {
  const { host, profile, findings, uploads, notes } = check;
  const document = {
    schema: 'fleet-migrate/ucm-check@1',
    ...{ ucm: host, profile, ok: isAllSo(check) },
    findings: findings.map(({ about, subject, state, isAsked: asked, text, advice }) => ({
      ...{ about, subject, state, asked, text, advice },
    })),
    uploads: uploads.map(({ node, page, files }) => ({ node, page, files })),
    notes,
  };
  return `${safeJson(document, 2)}\n`;
}
