import type { MarkupFlags } from '../../behavior/markup.js';
import type { DialectWriter } from './dialect.js';
import { decoyScript, escapeBasic, optionsOf } from './dialect.js';
import type { Layout } from '../layout.js';
import type { PlacedField, Row } from '../page-parts.js';

/**
 * The shell of a page whose tabs are fetched by script (docs/knowledge/multiplatform-pages.md#tabs-as-json): a form with its action and
 * hidden inputs, and no field.
 */
export const json: DialectWriter = {
  charset: 'utf-8',
  action: 'bcisco.csc',
  escape: escapeBasic,
  page: (layout, _valueOf, filler) => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeBasic(layout.title)}</title>
<script>${decoyScript(layout, filler)}
var tabs = ${JSON.stringify(layout.tabs.map((tab) => tab.title))};
function onLoad() { tabs.forEach(function (tab) { load('/admin/advanced/' + encodeURIComponent(tab) + '.json'); }); }</script></head>
<body onload="onLoad()"><form method="post" action="bcisco.csc">
${layout.hidden.map((input) => `<input type="hidden" name="${input.name}" value="${input.value}">`).join('')}
<div id="tabs">Loading&hellip;</div><button type="submit" class="sbtSearch">Submit All Changes</button></form></body></html>
`,
  statusRow: () => '',
  options: () => '',
};

/** What the rows of a tab show now. */
export interface JsonValues {
  /** Text with its slots filled in. */
  textOf(text: string): string;
  valueOf(field: PlacedField): string;
  /** The rows of a list. */
  rowsOf(slot: string): readonly string[];
}

/**
 * `/admin/advanced/<Tab>.json`: an array of `{name, value}`, where `name` is the label. With ids, a field has `id`,
 * the name it posts under, and a select `options` as `{name, value}`. Null when there is no such tab.
 */
export function jsonTab(layout: Layout, title: string, ids: MarkupFlags['jsonIds'], values: JsonValues): string | null {
  const tab = layout.tabs.find((candidate) => candidate.title === title);
  if (tab === undefined) return null;
  const rows = tab.sections.flatMap((section) => section.rows.flatMap((row) => objectsOf(row, ids, values)));
  return JSON.stringify(rows);
}

function objectsOf(row: Row, ids: MarkupFlags['jsonIds'], values: JsonValues): object[] {
  switch (row.kind) {
    case 'help':
      return [];
    case 'value':
      return [{ name: row.label, value: values.textOf(row.text) }];
    case 'list':
      return values.rowsOf(row.slot).map((value) => ({ name: row.label, value }));
    case 'field': {
      const shown = { name: row.field.label, value: values.valueOf(row.field) };
      if (ids === 'without') return [shown];
      const options = optionsOf(row.field).map(({ text, posted }) => ({ name: text, value: posted }));
      return [{ ...shown, id: row.field.name, ...(options.length > 0 ? { options } : {}) }];
    }
  }
}
