import { type GroupKey, groupPhones, mayBePhone, type PhoneGroup } from '../../domain/report/groups.js';
import type { ListedPhone, RunReport } from '../../domain/report/report.js';
import { listedIn } from '../../domain/report/unfinished.js';
import { verdicts } from '../../domain/plan/eligibility.js';
import { outcomes } from '../../domain/progress/outcome.js';
import { printable, safeJson } from '../../domain/text/printable.js';
import { type CsvFor, csvStyles } from '../formats/csv-styles.js';
import { alignColumns, chosenText } from '../plain-text.js';
import type { GroupsDocument } from '../schemas/groups.js';

/** The fleet at a glance: the phones of a report by combination. */
export interface Grouped {
  keys: readonly GroupKey[];
  groups: readonly PhoneGroup[];
  /** Phones in all groups. */
  phones: number;
  run: string;
  targets: number;
  only: readonly string[];
}

/** Groups the phones of a report; what was chosen by how it ended is grouped whatever it is. */
export function grouped(report: RunReport, keys: readonly GroupKey[]): Grouped {
  const { run, totals, only = [] } = report;
  const those = countedPhones(report);
  return {
    ...{ keys, only, run: run.id, targets: totals.targets },
    ...{ groups: groupPhones(those, keys), phones: those.length },
  };
}

/** The phones of a report as a page groups them: what looks the same there is the same, as it leads to the same rows. */
export function groupsOnPage(report: RunReport, keys: readonly GroupKey[]): PageGroup[] {
  const groups = groupPhones(countedPhones(report), keys, valueText);
  return groups.map((group) => ({ ...group, values: group.values.map((value) => value ?? '') }));
}

/** A group with its values as they are shown. */
export type PageGroup = Omit<PhoneGroup, 'values'> & { values: readonly string[] };

function countedPhones(report: RunReport): ListedPhone[] {
  const all = listedIn(report);
  return report.only === undefined ? all.filter(mayBePhone) : all;
}

/** For people: a line for each combination, the most phones first. @param width of the terminal, in characters */
export function renderGroups(shown: Grouped, width = Number.POSITIVE_INFINITY): string {
  const { keys, groups } = shown;
  const rows = groups.map((group) => [
    String(group.phones),
    ...group.values.map(valueText),
    countsText(group.byVerdict),
    countsText({ ...group.notEnded, ...group.byOutcome }),
  ]);
  const table =
    rows.length === 0 ? [] : alignColumns([['phones', ...keys, 'verdicts', 'outcomes'], ...rows], new Set([0]), width);
  return `${[...table, ...(table.length === 0 ? [] : ['']), chosenText(shown)].join('\n')}\n`;
}

/** As JSON, schema `fleet-migrate/groups@1`, each value under its key; `null`: not shown, or not known. */
export function renderGroupsJson({ keys, groups, phones, run, targets, only }: Grouped): string {
  const document: GroupsDocument = {
    schema: 'fleet-migrate/groups@1',
    run: { id: run },
    groupBy: keys,
    only,
    totals: { targets, phones },
    groups: groups.map((group) => ({
      ...Object.fromEntries(keys.map((key, at) => [key, group.values[at] ?? null])),
      ...{ phones: group.phones, byOutcome: group.byOutcome, byVerdict: group.byVerdict },
      ...notEndedJson(group),
    })),
  };
  return `${safeJson(document, 2)}\n`;
}

/** As in the report's `run.notEnded`; nothing where all have ended. */
function notEndedJson({ notEnded }: PhoneGroup): Pick<GroupsDocument['groups'][number], 'notEnded'> {
  const { upgrading = 0, waiting = 0 } = notEnded;
  return upgrading + waiting === 0 ? {} : { notEnded: { underWay: upgrading, waiting } };
}

/** As CSV: the keys, the count, and a column for each outcome and verdict, named as in the JSON. */
export function renderGroupsCsv({ keys, groups }: Grouped, reader: CsvFor = 'programs'): string {
  const header = [
    ...[...keys, 'phones'],
    ...outcomes.map((outcome) => `byOutcome.${outcome}`),
    ...verdicts.map((verdict) => `byVerdict.${verdict}`),
    ...['notEnded.underWay', 'notEnded.waiting'],
  ];
  const lines = groups.map((group) => [
    ...[...group.values.map((value) => (value === '' ? empty : value)), group.phones],
    ...outcomes.map((outcome) => group.byOutcome[outcome] ?? 0),
    ...verdicts.map((verdict) => group.byVerdict[verdict] ?? 0),
    ...[group.notEnded.upgrading ?? 0, group.notEnded.waiting ?? 0],
  ]);
  const { mark, line } = csvStyles[reader];
  return mark + [header, ...lines].map((cells) => line(cells)).join('');
}

/** Shown empty and not shown at all are different things (G10): in CSV, a cell without a text is what was not shown. */
const empty = '(empty)';

/** A value of a group, or of a phone: shown empty and not shown at all are different things (G10). */
export function valueText(value: string | null): string {
  return value === null ? '-' : value === '' ? empty : printable(value, 80);
}

export function countsText(counts: Readonly<Record<string, number>>): string {
  const texts = Object.entries(counts).map(([word, times]) => `${times} ${word}`);
  return texts.length === 0 ? '-' : texts.join(', ');
}
