import type { DialectWriter, ValueOf } from './dialect.js';
import { decoyComment, decoyScript, optionsOf } from './dialect.js';
import type { Layout } from '../layout.js';
import type { PlacedField, Row, Section, Tab } from '../page-parts.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
  '-': '&#x2D;',
  '/': '&#x2F;',
};

/** Punctuation as entities, as newer firmware writes it (docs/knowledge/enterprise-pages.md#html). */
function escape(text: string): string {
  return text.replace(/[&<>"'/-]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** Tidy HTML5 in UTF-8, two columns: `headings` as h3, labels in th. */
export const modern: DialectWriter = writer('h3');
/** The same with a fieldset per section, labels as label elements in td, and a colon after each. */
export const fieldset: DialectWriter = writer('legend');

function writer(style: 'h3' | 'legend'): DialectWriter {
  const closed = style === 'legend';
  const labelCell = (label: string, id?: string): string => {
    const text = id === undefined ? escape(label) : `<label for="${id}">${escape(label)}${closed ? ':' : ''}</label>`;
    return closed ? `<td class="label">${text}</td>` : `<th scope="row">${text}</th>`;
  };
  const control = (field: PlacedField, valueOf: ValueOf): string => {
    const value = valueOf(field);
    const names = `id="f${field.name}" name="${field.name}"`;
    if (field.type === 'password') return `<input type="password" ${names} value="${value}" autocomplete="off">`;
    if (field.type === 'text') return `<input type="text" ${names} value="${escape(value)}">`;
    return `<select ${names}>${value.startsWith('\u0001') ? value : options(field, value)}</select>`;
  };
  const rowMarkup = (row: Row, valueOf: ValueOf): string => {
    if (row.kind === 'list') return row.slot;
    if (row.kind === 'help') return `<tr><td colspan="2"><p class="hint">${escape(row.text)}</p></td></tr>\n`;
    if (row.kind === 'value')
      return `<tr>${labelCell(row.label)}<td><span class="value">${escape(row.text)}</span></td></tr>\n`;
    return `<tr>${labelCell(row.field.label, `f${row.field.name}`)}<td>${control(row.field, valueOf)}</td></tr>\n`;
  };
  const sectionMarkup = (section: Section, layout: Layout, valueOf: ValueOf): string => {
    const decoy = section.title === 'Firmware Upgrade' ? `${decoyComment(layout)}\n` : '';
    const table = `<table><tbody>\n${decoy}${section.rows.map((row) => rowMarkup(row, valueOf)).join('')}</tbody></table>`;
    return closed
      ? `<fieldset><legend>${escape(section.title)}</legend>${table}</fieldset>\n`
      : `<h3>${escape(section.title)}</h3>\n${table}\n`;
  };
  const tabMarkup = (tab: Tab, layout: Layout, valueOf: ValueOf): string =>
    `<section id="${escape(tab.title)}" class="tab"><h2>${escape(tab.title)}</h2>\n${tab.sections
      .map((section) => sectionMarkup(section, layout, valueOf))
      .join('')}</section>\n`;
  return {
    charset: 'utf-8',
    action: closed ? '/admin/bcisco.csc' : 'bcisco.csc',
    escape,
    page: (layout, valueOf, filler) => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${escape(layout.title)}</title>
<script>${decoyScript(layout, filler)}</script></head>
<body><header><h1>${escape(layout.title)}</h1><nav><a href="/">User Login</a> <a href="/admin">basic</a></nav></header>
<form method="get" action="/pdir.htm"><input type="search" name="q"><button>Personal Directory</button></form>
<form method="post" action="${closed ? '/admin/bcisco.csc' : 'bcisco.csc'}" enctype="application/x-www-form-urlencoded">
${layout.hidden.map((input) => `<input type="hidden" name="${input.name}" value="${input.value}">`).join('')}
${layout.tabs.map((tab) => tabMarkup(tab, layout, valueOf)).join('')}<p><button type="reset">Undo All Changes</button> <button type="submit" class="sbtSearch">Submit All Changes</button></p>
</form><footer>© Cisco Systems, Inc.</footer></body></html>
`,
    statusRow: (label, number, text) =>
      `<tr>${labelCell(`${label} ${number}`)}<td><span class="value">${text}</span></td></tr>\n`,
    options,
  };
}

function options(field: PlacedField, current: string): string {
  return optionsOf(field)
    .map(
      ({ text, posted }) =>
        `<option value="${escape(posted)}"${posted === current ? ' selected="selected"' : ''}>${escape(text)}</option>`,
    )
    .join('');
}
