import type { Direction } from '../../domain/phone/models.js';
import { printable, safeJson } from '../../domain/text/printable.js';
import { alignColumns } from '../plain-text.js';

/** What an import found, as far as it is shown. */
export interface ImportSummary {
  licenses: readonly {
    mac: string;
    direction: Direction;
    file: string;
    sha256: string;
    source: string;
    compared: 'new' | 'known' | 'replaces';
    isOfFleet: boolean | null;
  }[];
  refused: readonly { source: string; name: string; why: string }[];
  others: readonly string[];
  sameName: readonly string[];
  sameContent: readonly string[];
  odd: readonly { mac: string; why: string }[];
}

const mostShown = 20;

/** What an import found, for people. */
export function renderImport({ licenses, refused, others, sameName, sameContent, odd }: ImportSummary): string {
  const count = (is: (license: ImportSummary['licenses'][number]) => boolean): number => licenses.filter(is).length;
  const parts = [
    ...(['e2m', 'm2e'] as const).map((one) => [count(({ direction }) => direction === one), one] as const),
    [count(({ compared }) => compared === 'known'), 'held already'] as const,
    [count(({ compared }) => compared === 'replaces'), 'instead of another that is held'] as const,
  ].filter(([number]) => number > 0);
  const lines = [
    `${licenses.length === 1 ? '1 license' : `${licenses.length} licenses`}${parts.length === 0 ? '' : ` (${parts.map(([number, text]) => `${number} ${text}`).join(', ')})`}`,
  ];
  const strange = licenses.filter(({ isOfFleet }) => isOfFleet === false);
  if (strange.length > 0)
    lines.push(
      '',
      `${strange.length === 1 ? 'One is of a phone' : `${strange.length} are of phones`} that no run of this store has read:`,
      ...short(strange.map(({ mac, file }) => [mac, printable(file, 60)])),
    );
  if (licenses.some(({ isOfFleet }) => isOfFleet === null))
    lines.push('', 'No run of this store has read a phone yet, so the MACs could not be compared with the fleet.');
  if (sameName.length > 0)
    lines.push(
      '',
      `${sameName.length === 1 ? 'One phone has' : `${sameName.length} phones have`} licenses of both directions under the same file name, which a file server can hold only once:`,
      'fleet-migrate serve tells them apart by the name that a rule asks for ($MAU_M2E.lic); on another server rename one of them.',
      ...short(sameName.map((mac) => [mac])),
    );
  if (sameContent.length > 0)
    lines.push(
      '',
      'These have the same content as another license, though a license holds for one phone and one direction:',
      ...short(sameContent.map((mac) => [mac])),
    );
  if (odd.length > 0)
    lines.push(
      '',
      'These are not like the others; look at them before you rely on them:',
      ...short(odd.map(({ mac, why }) => [mac, why])),
    );
  const sources = new Set(refused.map(({ source }) => source));
  if (refused.length > 0)
    lines.push(
      '',
      `${refused.length === 1 ? 'One file is' : `${refused.length} files are`} not imported:`,
      ...short(
        refused.map(({ source, name, why }) => [
          printable(name, 80),
          ...(sources.size > 1 ? [printable(source === '' ? '' : `in ${source}`, 80)] : []),
          printable(why, 200),
        ]),
      ),
    );
  if (others.length > 0)
    lines.push(
      '',
      `${others.length === 1 ? 'One other file' : `${others.length} other files`}, not named .lic: ${others
        .slice(0, 5)
        .map((name) => printable(name, 60))
        .join(', ')}${others.length > 5 ? ' …' : ''}`,
    );
  return `${lines.join('\n')}\n`;
}

/** The same in JSON, schema `fleet-migrate/licenses-import@1`. */
export function renderImportJson(
  { licenses, refused, others, sameName, sameContent, odd }: ImportSummary,
  stored: number,
): string {
  const document = {
    schema: 'fleet-migrate/licenses-import@1',
    stored,
    licenses: licenses.map(({ mac, direction, file, sha256, source, compared, isOfFleet }) => ({
      ...{ mac, direction, file, sha256, source, compared, isOfFleet },
    })),
    ...{ refused, others, sameName, sameContent, odd },
  };
  return `${safeJson(document, 2)}\n`;
}

function short(rows: readonly string[][]): string[] {
  const lines = alignColumns(rows.slice(0, mostShown)).map((line) => `  ${line}`);
  return rows.length > mostShown
    ? [...lines, `  … and ${rows.length - mostShown} more (--output json lists all)`]
    : lines;
}
