import type { DialectWriter, ValueOf } from './dialect.js';
import { decoyComment, decoyScript, escapeBasic, optionsOf } from './dialect.js';
import type { Layout } from '../layout.js';
import type { PlacedField, Row, Section, Tab } from '../page-parts.js';

/** SPA5xx markup (docs/knowledge/multiplatform-pages.md#spa5xx): a div per tab with its title as id, four closed columns, td.info rows. */
export const bcisco: DialectWriter = {
  charset: 'iso-8859-1',
  action: 'bcisco.csc',
  escape: escapeBasic,
  page,
  statusRow: (_label, _number, text) => `<tr><td>&nbsp;</td><td class="info" colspan="3">${text}</td></tr>\n`,
  options,
};

function page(layout: Layout, valueOf: ValueOf, filler: string): string {
  const hidden = layout.hidden
    .map((input) => `<input type="hidden" name="${input.name}" value="${input.value}">`)
    .join('');
  const menu = layout.tabs
    .map((tab) => `<li><a href="#" onclick="show('${tab.title}')">${escapeBasic(tab.title)}</a></li>`)
    .join('');
  return `<html>
<head><title>${escapeBasic(layout.title)}</title>
<link rel="stylesheet" type="text/css" href="/spacfg.css">
<script type="text/javascript">${decoyScript(layout, filler)}</script>
</head>
<body onload="onLoad()">
<form action="bcisco.csc" method="post" name="cfg">${hidden}
<table width="100%"><tr><td valign="top" class="menu"><ul>${menu}</ul></td><td valign="top">
<div id="tableData">
${layout.tabs.map((tab) => tabMarkup(tab, layout, valueOf)).join('')}</div>
</td></tr></table>
<input type="submit" class="sbtSearch" value="Undo All Changes"><input type="submit" class="sbtSearch" value="Submit All Changes">
</form>
<form action="pdir.csc" method="get"><input type="text" name="q"><input type="submit" value="Personal Directory"></form>
</body></html>
`;
}

function tabMarkup(tab: Tab, layout: Layout, valueOf: ValueOf): string {
  const sections = tab.sections.map((section) => sectionMarkup(section, layout, valueOf)).join('');
  return `<div id="${escapeBasic(tab.title)}" style="display:none"><table class="cfg" width="100%">\n${sections}</table></div>\n`;
}

function sectionMarkup(section: Section, layout: Layout, valueOf: ValueOf): string {
  let markup = `<tr class="head"><td colspan="4"><b>${escapeBasic(section.title)}</b></td></tr>\n`;
  if (section.title === 'Firmware Upgrade') markup += `${decoyComment(layout)}\n`;
  const pairs: string[] = [];
  for (const row of section.rows) {
    if (row.kind === 'value' || row.kind === 'field') pairs.push(cells(row, valueOf));
  }
  for (let index = 0; index < pairs.length; index += 2) {
    markup += `<tr>${pairs[index] ?? ''}${pairs[index + 1] ?? '<td></td><td></td>'}</tr>\n`;
  }
  for (const row of section.rows) {
    if (row.kind === 'list') markup += `${row.slot}<tr><td>&nbsp;</td><td class="info" colspan="3"></td></tr>\n`;
    if (row.kind === 'help') markup += `<tr><td colspan="4" class="help">${escapeBasic(row.text)}</td></tr>\n`;
  }
  return markup;
}

function cells(row: Row & { kind: 'value' | 'field' }, valueOf: ValueOf): string {
  if (row.kind === 'value')
    return `<td>${escapeBasic(row.label)}:</td><td class="info">${escapeBasic(row.text)}&nbsp;</td>`;
  return `<td>${escapeBasic(row.field.label)}:</td><td>${control(row.field, valueOf)}</td>`;
}

function control(field: PlacedField, valueOf: ValueOf): string {
  const value = valueOf(field);
  if (field.type === 'password')
    return `<input type="password" class="inputc" size="20" name="${field.name}" value="${value}" maxlength="127">`;
  if (field.type === 'text')
    return `<input class="inputc" size="20" name="${field.name}" value="${escapeBasic(value)}" maxlength="2047">`;
  return `<select class="selectc" name="${field.name}">${value.startsWith('\u0001') ? value : options(field, value)}</select>`;
}

function options(field: PlacedField, current: string): string {
  return optionsOf(field)
    .map(
      ({ text, posted }) =>
        `<option value="${escapeBasic(posted)}"${posted === current ? ' selected' : ''}>${escapeBasic(text)}</option>`,
    )
    .join('');
}
