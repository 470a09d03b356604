import {
  byNews,
  type OutcomeChange,
  type PhoneChange,
  type PhoneRef,
  type RunDiff,
  type RunRef,
} from '../../domain/report/run-diff.js';
import { inAddressOrder } from '../../domain/network/address-order.js';
import { printable, safeJson } from '../../domain/text/printable.js';
import { alignColumns, phonesText, utcMinute, wrap } from '../plain-text.js';
import type { DiffDocument } from '../schemas/diff.js';

/** Changes of one kind: where, which phone, what. */
export interface ChangeSection {
  title: string;
  /** By address; texts as phones showed them. */
  rows: readonly (readonly string[])[];
}

/** What changed in the fleet between two runs, a section for each kind of change that occurred, the ones to read first ahead. */
export function changeSections(diff: RunDiff): ChangeSection[] {
  const sections: readonly (readonly [title: string, rows: string[][]])[] = [
    ...byNews(diff.outcomes).map(({ title, changes }) => [title, changes.map(outcomeRow)] as const),
    ['New', diff.added.map(phoneRow)],
    ['No longer seen', diff.notSeen.map(phoneRow)],
    ['Moved to another address', diff.moved.map(({ mac, from, to }) => [to, mac, `was ${from}`])],
    ['Other firmware', diff.firmware.map(changeRow)],
    ['Other authorization', diff.authorization.map(changeRow)],
    ['Newly eligible', diff.newlyEligible.map(phoneRow)],
  ];
  return sections
    .filter(([, rows]) => rows.length > 0)
    .map(([title, rows]) => ({ title, rows: inAddressOrder(rows, ([address = '']) => address) }));
}

/** What is said of a comparison around its sections, one sentence each: above all, what was not compared. */
export function changeRemarks(diff: RunDiff): { before: string[]; after: string[] } {
  const isEmpty = changeSections(diff).length === 0;
  const nothing = diff.compared > 0 ? 'Nothing changed.' : 'Nothing is compared: no phone was seen in both runs.';
  const said = (...texts: string[]): string[] => texts.filter((text) => text !== '');
  // That news may be missing is said before what there is.
  return {
    before: said(otherQuestionText(diff), isEmpty ? nothing : ''),
    after: said(notAskedText(diff), notKnownText(diff)),
  };
}

/** `Changes from RUN (2026-01-31 22:14 UTC) to RUN (…)`. */
export function changesTitle({ from, to }: RunDiff): string {
  return `Changes from ${runText(from)} to ${runText(to)}`;
}

/** What changed in the fleet between two runs, for people. @param width of the terminal, in characters */
export function renderDiff(diff: RunDiff, width = Number.POSITIVE_INFINITY): string {
  const lines = (texts: readonly string[]): string[] => texts.map((text) => `${wrap(text, width).join('\n')}\n`);
  const { before, after } = changeRemarks(diff);
  const sections = changeSections(diff).map((section) => sectionText(section, width));
  return [...lines([changesTitle(diff)]), ...lines(before), ...sections, ...lines(after)].join('\n');
}

/** The comparison as JSON, schema `fleet-migrate/diff@1`: fixed key order, phones by address, two blanks of indent. */
export function renderDiffJson(diff: RunDiff): string {
  const { from, to } = diff;
  const ref = ({ mac, address, model }: PhoneRef): PhoneRef => ({ mac, address, model });
  const change = ({ mac, address, from: before, to: after }: PhoneChange): PhoneChange => ({
    mac,
    address,
    from: before,
    to: after,
  });
  const document: DiffDocument = {
    schema: 'fleet-migrate/diff@1',
    from: { id: from.id, startedAt: from.startedAt, profile: from.profile, declined: from.declined },
    to: { id: to.id, startedAt: to.startedAt, profile: to.profile, declined: to.declined },
    added: inAddressOrder(diff.added, ({ address }) => address).map(ref),
    notSeen: inAddressOrder(diff.notSeen, ({ address }) => address).map(ref),
    moved: inAddressOrder(diff.moved, (moved) => moved.to).map((moved) => ({
      mac: moved.mac,
      from: moved.from,
      to: moved.to,
    })),
    firmware: inAddressOrder(diff.firmware, ({ address }) => address).map(change),
    authorization: inAddressOrder(diff.authorization, ({ address }) => address).map(change),
    newlyEligible: inAddressOrder(diff.newlyEligible, ({ address }) => address).map(ref),
    outcomes: inAddressOrder(diff.outcomes, ({ address }) => address).map((changed) => ({
      ...{ mac: changed.mac, address: changed.address, from: changed.from, to: changed.to, code: changed.code },
    })),
    askedOnlyIn: { from: diff.askedOnlyIn.from, to: diff.askedOnlyIn.to },
    notKnown: inAddressOrder(diff.notKnown, ({ address }) => address).map((phone) => ({
      ...ref(phone),
      seenIn: phone.seenIn,
    })),
    ...{ compared: diff.compared, outcomesCompared: diff.outcomesCompared },
  };
  return `${safeJson(document, 2)}\n`;
}

/** An audit says nothing of how a profile ends for a phone, and the other way round; a run that somebody said no to says nothing of either. */
function otherQuestionText({ from, to, compared, outcomesCompared }: RunDiff): string {
  if (outcomesCompared || compared === 0) return '';
  const what = ({ profile, declined }: RunRef): string => {
    if (declined) return 'answered with no';
    return profile === null ? 'an audit' : `of the profile ${printable(profile, 60)}`;
  };
  return `How phones ended is not compared: the first run was ${what(from)}, the second ${what(to)}.`;
}

/** Phones that are not compared, as only one of the runs asked for them. */
function notAskedText({ askedOnlyIn: { from, to } }: RunDiff): string {
  return from + to === 0 ? '' : `Not asked in both runs, so not compared: ${inEach(from, to)}.`;
}

/** Phones of which it is not known whether the other run asked for them: of a run of some phones, that may be all others. */
function notKnownText({ notKnown }: RunDiff): string {
  if (notKnown.length === 0) return '';
  const inTo = notKnown.filter(({ seenIn }) => seenIn === 'to').length;
  const counts = inEach(notKnown.length - inTo, inTo);
  return `Not known whether the other run asked there: ${counts} (--output json lists them).`;
}

function inEach(from: number, to: number): string {
  const parts = [
    ...(from > 0 ? [`${phonesText(from)} only in the first`] : []),
    ...(to > 0 ? [`${phonesText(to)} only in the second`] : []),
  ];
  return parts.join(', ');
}

function outcomeRow({ address, mac, from, to, code }: OutcomeChange): string[] {
  return [address, mac ?? '-', `${from} -> ${to}${code === null ? '' : `: ${code}`}`];
}

function sectionText({ title, rows }: ChangeSection, width: number): string {
  const lines = alignColumns(
    rows.map((row) => row.map((cell) => printable(cell))),
    new Set(),
    width - 2,
  );
  return `${title} (${rows.length})\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

function phoneRow({ address, mac, model }: PhoneRef): string[] {
  return [address, mac ?? '-', model ?? '-'];
}

function changeRow({ address, mac, from, to }: PhoneChange): string[] {
  return [address, mac ?? '-', `${valueText(from)} -> ${valueText(to)}`];
}

/** Shown empty and not shown at all are different things (G10). */
function valueText(value: string | null): string {
  if (value === null) return '(not shown)';
  return value === '' ? '(empty)' : value;
}

function runText({ id, startedAt }: RunRef): string {
  return `${printable(id, 60)} (${utcMinute(startedAt)})`;
}
