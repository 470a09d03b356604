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
import { alignColumns, phonesText, utcMinute } from '../plain-text.js';
import type { DiffDocument } from '../schemas/diff.js';

/** What changed in the fleet between two runs, for people: a section for each kind of change that occurred, phones by address. */
export function renderDiff(diff: RunDiff): string {
  const sections = [
    ...byNews(diff.outcomes).map(({ title, changes }) => section(title, changes.map(outcomeRow))),
    section('New', diff.added.map(phoneRow)),
    section('No longer seen', diff.notSeen.map(phoneRow)),
    section(
      'Moved to another address',
      diff.moved.map(({ mac, from, to }) => [to, mac, `was ${from}`]),
    ),
    section('Other firmware', diff.firmware.map(changeRow)),
    section('Other authorization', diff.authorization.map(changeRow)),
    section('Newly eligible', diff.newlyEligible.map(phoneRow)),
  ].filter((text) => text !== '');
  const head = `Changes from ${runText(diff.from)} to ${runText(diff.to)}\n`;
  const nothing = diff.compared > 0 ? 'Nothing changed.\n' : 'Nothing is compared: no phone was seen in both runs.\n';
  const rest = [otherQuestionText(diff), notAskedText(diff), notKnownText(diff)].filter((text) => text !== '');
  return [head, ...(sections.length > 0 ? sections : [nothing]), ...rest].join('\n');
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
    from: { id: from.id, startedAt: from.startedAt, profile: from.profile },
    to: { id: to.id, startedAt: to.startedAt, profile: to.profile },
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

/** An audit says nothing of how a profile ends for a phone, and the other way round. */
function otherQuestionText({ from, to, compared, outcomesCompared }: RunDiff): string {
  if (outcomesCompared || compared === 0) return '';
  const what = ({ profile }: RunRef): string =>
    profile === null ? 'an audit' : `of the profile ${printable(profile, 60)}`;
  return `How phones ended is not compared: the first run was ${what(from)}, the second ${what(to)}.\n`;
}

/** Phones that are not compared, as only one of the runs asked for them. */
function notAskedText({ askedOnlyIn: { from, to } }: RunDiff): string {
  return from + to === 0 ? '' : `Not asked in both runs, so not compared: ${inEach(from, to)}.\n`;
}

/** Phones of which it is not known whether the other run asked for them: of a run of some phones, that may be all others. */
function notKnownText({ notKnown }: RunDiff): string {
  if (notKnown.length === 0) return '';
  const inTo = notKnown.filter(({ seenIn }) => seenIn === 'to').length;
  const counts = inEach(notKnown.length - inTo, inTo);
  return `Not known whether the other run asked there: ${counts} (--output json lists them).\n`;
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

function section(title: string, rows: readonly string[][]): string {
  if (rows.length === 0) return '';
  const lines = alignColumns(
    inAddressOrder(rows, ([address = '']) => address).map((row) => row.map((cell) => printable(cell))),
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
