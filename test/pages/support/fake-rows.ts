import type { Random } from '../../support/pages/admin-page-dialects.js';
import type { Parts } from './mutate.js';

/**
 * What a page may show elsewhere under the very labels that we read: nothing of it is the phone's.
 * Not the label Transition Authorization Status: it is a heading as well, wherever it stands.
 */
const fakes: readonly (readonly [label: string, value: string])[] = [
  ['Product Name', 'CP-9999-3PCC'],
  ['Serial Number', 'FAKE0000000'],
  ['Software Version', 'sip88xx.99-9-9MPP0001-99'],
  ['Hardware Version', 'V99'],
  ['MAC Address', 'DE:C0:DE:C0:DE:C0'],
  ['Transition Authorization Type', 'FAKE'],
  ['Customization', 'FAKE'],
  ['Upgrade Status', 'FAKE'],
  ['Firmware Upgrade Status 1', 'FAKE'],
  ['Call State', 'FAKE'],
  ['Upgrade Rule', '<input name="666" value="http://fake/">'],
  ['Transition Authorization Rule', '<input name="667" value="http://fake/">'],
  ['Transition Authorization Type', '<select name="668"><option>WxC</option></select>'],
];

const rowTag = /^<(?:tr|dt|div class="row")\b/i;

function fakeRow(random: Random, tag: string): string {
  const [label, value] = fakes[Math.floor(random() * fakes.length)] ?? ['', ''];
  if (/^<dt/i.test(tag)) return `<dt>${label}<dd>${value}`;
  if (/^<div/i.test(tag)) return `<div class="row"><label>${label}</label><div>${value}</div></div>`;
  return `<tr><td>${label}:</td><td>${value}</td></tr>`;
}

/** Puts a fake row where no browser shows one: into a comment, a script, a template, an attribute. */
export function hideFakeRow(parts: Parts, random: Random): void {
  const rows = places(parts, rowTag);
  const at = rows[Math.floor(random() * rows.length)];
  if (at === undefined) return;
  const row = fakeRow(random, parts[at] ?? '');
  const hidden = [
    `<!-- ${row} -->`,
    `<script>document.write('${row.replaceAll('/', '\\/')}')</script>`,
    `<style>/* ${row} */</style>`,
    `<template>${row}</template>`,
    `<noscript>${row}</noscript>`,
    `<span title='${row.replaceAll("'", '')}'></span>`,
    `<!-- > ${row} --->`,
  ];
  parts[at] = `${hidden[Math.floor(random() * hidden.length)] ?? ''}${parts[at] ?? ''}`;
}

/** Shows a fake row as the first of a section that is none of those its label is read from. */
export function showFakeRow(parts: Parts, random: Random): void {
  const foreign = ['System Information', 'Configuration Profile', 'CA Settings'];
  const heading = foreign[Math.floor(random() * foreign.length)];
  const begin = parts.findIndex((text, at) => at % 2 === 0 && text.replaceAll('&nbsp;', '').trim() === heading);
  const at = places(parts, rowTag).find((place) => place > begin);
  if (begin >= 0 && at !== undefined) parts[at] = `${fakeRow(random, parts[at] ?? '')}${parts[at] ?? ''}`;
}

/** Moves a row into the last section of the page, whose rows nobody reads. */
export function moveRow(parts: Parts, random: Random): void {
  const rows = places(parts, rowTag);
  const which = Math.floor(random() * (rows.length - 2));
  const [from = 0, next = 0, last = 0] = [rows[which], rows[which + 1], rows.at(-1)];
  const row = parts.slice(from, next);
  // Rows of one section only: a heading that moves with its row takes its section along.
  if (row.length > 14 || row.some((part) => /head|section|<h\d|legend|<dl|<table|<\/table|<\/dl|fieldset/i.test(part)))
    return;
  parts.splice(last, 0, ...row);
  parts.splice(from, next - from);
}

function places(parts: Parts, tag: RegExp): number[] {
  return parts.flatMap((part, at) => (at % 2 === 1 && tag.test(part) ? [at] : []));
}
