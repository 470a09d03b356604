import type { Layout } from '../layout.js';
import type { PlacedField } from '../page-parts.js';

/** How the value of a field is looked up while a page is written. It may be a slot. */
export type ValueOf = (field: PlacedField) => string;

/** A way to write an admin page. Writers never read markup. */
export interface DialectWriter {
  charset: 'utf-8' | 'iso-8859-1';
  /** Relative, so it resolves to `/admin/…` from `/admin/advanced`. */
  action: string;
  escape(text: string): string;
  /** The whole page; `filler` is script text that brings it to its size. */
  page(layout: Layout, valueOf: ValueOf, filler: string): string;
  /** One row of a status list. */
  statusRow(label: string, number: number, text: string): string;
  /** The options of a select, the current one marked. */
  options(field: PlacedField, current: string): string;
}

/** The pairs (text, posted value) of a select. */
export function optionsOf(field: PlacedField): { text: string; posted: string }[] {
  return field.choices.map((text, index) => ({ text, posted: field.posted[index] ?? text }));
}

/** Escapes what must be escaped in any markup. */
export function escapeBasic(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);
}

/** What a phone runs in the browser: it holds markup in strings, with the very labels of real fields. */
export function decoyScript(layout: Layout, filler: string): string {
  const [, second = '1'] = layout.unusedNames;
  return `
var helpRow = '<tr><td>Upgrade Rule:</td><td><input name="${second}" value="http://192.0.2.9/old.loads"></td></tr>';
var infoRow = '<td>Product Name:</td><td><font color="darkblue">CP-0000-3PCC</font></td><td>MAC Address:</td><td>000000000000</td>';
var noteRow = '<td class="info" colspan="3">[0][01/01/2001 00:00:00][http://192.0.2.9/x.lic]Authorization Succeeded.</td>';
function onLoad() { if (document.forms[0]) { document.forms[0].reset; } }
${filler}`;
}

/** Commented-out markup: the labels of real fields, under names that no field has. */
export function decoyComment(layout: Layout): string {
  const [first = '0', , third = '2'] = layout.unusedNames;
  return `<!-- <tr><td>Upgrade Rule:</td><td><input name="${first}" value="" size="40"></td></tr>
<tr><td>Transition Authorization Rule:</td><td><input name="${third}" value=""></td></tr> -->`;
}
