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
import { alignColumns, utcMinute } from '../plain-text.js';

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
    section(
      'Seen in one run only, and not known whether the other asked there',
      diff.notKnown.map((phone) => [...phoneRow(phone), `seen in ${(phone.seenIn === 'to' ? diff.to : diff.from).id}`]),
    ),
  ].filter((text) => text !== '');
  const head = `Changes from ${runText(diff.from)} to ${runText(diff.to)}\n`;
  const all = sections.length > 0 ? sections : ['Nothing changed.\n'];
  return [head, ...all, ...notAskedText(diff)].join('\n');
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
  const document = {
    schema: 'fleet-migrate/diff@1',
    from: { id: from.id, startedAt: from.startedAt },
    to: { id: to.id, startedAt: to.startedAt },
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
  };
  return `${safeJson(document, 2)}\n`;
}

/** Phones that are not compared, as only one of the runs asked for them. */
function notAskedText({ askedOnlyIn: { from, to } }: RunDiff): string[] {
  if (from + to === 0) return [];
  const parts = [...(from > 0 ? [`${from} only in the first`] : []), ...(to > 0 ? [`${to} only in the second`] : [])];
  return [`Not asked in both runs, so not compared: ${parts.join(', ')}.\n`];
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
