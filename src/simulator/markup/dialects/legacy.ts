import type { DialectWriter, ValueOf } from './dialect.js';
import { decoyComment, decoyScript, escapeBasic, optionsOf } from './dialect.js';
import type { Layout } from '../layout.js';
import type { PlacedField, Row, Section, Tab } from '../page-parts.js';

/** Sipura's markup (docs/knowledge/multiplatform-pages.md#sipura-and-linksys): open cells, capitals, values in FONT, four columns, Latin-1. */
export const legacy: DialectWriter = {
  charset: 'iso-8859-1',
  action: 'bsipura.spa',
  escape: escapeBasic,
  page,
  statusRow: (label, number, text) =>
    `<TR bgcolor=#dcdcdc><TD>&nbsp;${label} ${number}:<TD class=info colspan=3><FONT color=darkblue>${text}</FONT>\n`,
  options,
};

function page(layout: Layout, valueOf: ValueOf, filler: string): string {
  const hidden = layout.hidden.map((input) => `<INPUT type=hidden name=${input.name} value="${input.value}">`).join('');
  return `<HTML><HEAD><TITLE>${escapeBasic(layout.title)}</TITLE>
<META http-equiv=Content-Type content="text/html; charset=iso-8859-1">
<SCRIPT language=JavaScript>${decoyScript(layout, filler)}</SCRIPT></HEAD>
<BODY bgcolor=#ffffff onload="onLoad()"><TABLE width=100%><TR><TD><B>${escapeBasic(layout.title)}</B><TD align=right><A href="/">User Login</A> <A href="/admin">basic</A></TABLE>
<FORM action="pdir.csc" method=GET><INPUT name=q size=20> <INPUT type=submit value="Search Directory"></FORM>
<FORM action=bsipura.spa method="POST">${hidden}
<div class="tab-pane" id="tabPane1">
${layout.tabs.map((tab) => tabMarkup(tab, layout, valueOf)).join('')}</div>
<P><INPUT type=submit value="Undo All Changes" class=sbtSearch> <INPUT type=submit value="Submit All Changes" class=sbtSearch>
</FORM></BODY></HTML>
`;
}

function tabMarkup(tab: Tab, layout: Layout, valueOf: ValueOf): string {
  const sections = tab.sections.map((section) => sectionMarkup(section, layout, valueOf)).join('');
  return `<div class="tab-page" id="${escapeBasic(tab.title)}"><h2 class="tab">${escapeBasic(tab.title)}</h2><TABLE cellspacing=0 cellpadding=2 width=100%>\n${sections}</TABLE></div>\n`;
}

function sectionMarkup(section: Section, layout: Layout, valueOf: ValueOf): string {
  let markup = `<TR bgcolor=#999999><TD colspan=4><FONT color=white><B>&nbsp;${escapeBasic(section.title)}</B></FONT>\n`;
  if (section.title === 'Firmware Upgrade') markup += decoyComment(layout);
  let open = false;
  let shaded = false;
  for (const row of section.rows) {
    if (row.kind === 'list') markup += row.slot;
    else if (row.kind === 'help') markup += `<TR><TD colspan=4><FONT size=1>&nbsp;${escapeBasic(row.text)}</FONT>\n`;
    else {
      if (!open) markup += shaded ? '<TR bgcolor=#d3d3d3>' : '<TR bgcolor=#dcdcdc>';
      markup += cells(row, valueOf);
      if (open) markup += '\n';
      else shaded = !shaded;
    }
    open = row.kind === 'list' || row.kind === 'help' ? false : !open;
  }
  return `${markup}\n`;
}

function cells(row: Row & { kind: 'value' | 'field' }, valueOf: ValueOf): string {
  if (row.kind === 'value')
    return `<TD>&nbsp;${escapeBasic(row.label)}:<TD><FONT color=darkblue>${escapeBasic(row.text)}</FONT>`;
  return `<TD>&nbsp;${escapeBasic(row.field.label)}:<TD>${control(row.field, valueOf)}`;
}

function control(field: PlacedField, valueOf: ValueOf): string {
  const value = valueOf(field);
  if (field.type === 'password')
    return `<INPUT type=password class=inputc size=20 name=${field.name} value="${value}" maxlength=127>`;
  if (field.type === 'text')
    return `<INPUT class="inputc" size="40" name="${field.name}" value="${escapeBasic(value)}" maxlength=2047>`;
  return `<SELECT class=selectc name=${field.name}>${value.startsWith('\u0001') ? value : options(field, value)}</SELECT>`;
}

function options(field: PlacedField, current: string): string {
  const byText = field.posted === field.choices;
  return optionsOf(field)
    .map(
      ({ text, posted }) =>
        `<OPTION${byText ? '' : ` value=${posted}`}${posted === current ? ' SELECTED' : ''}>${escapeBasic(text)}`,
    )
    .join('');
}
