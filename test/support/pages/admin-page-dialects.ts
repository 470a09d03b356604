/** The kinds of markup in which the tests write admin pages. Shares nothing with the readers nor with the simulator. */
export const dialects = ['sipura', 'bcisco', 'modern', 'labels', 'definitions'] as const;
export type Dialect = (typeof dialects)[number];

export type Random = () => number;

/** Numbers from 0 to 1, the same for the same seed. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export interface TableRow {
  label: string;
  /** Text, or the markup of a control. */
  value: string | { html: string };
}

export interface Block {
  heading: string;
  rows?: TableRow[];
  statuses?: string[];
}

/** Text as HTML. */
export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const references = (text: string): string =>
  escape(text).replace(/[-/.:](?![^&]*;)/g, (mark) => `&#x${mark.charCodeAt(0).toString(16).toUpperCase()};`);

export interface Writer {
  tab(name: string, blocks: readonly Block[]): string;
  form(action: string, content: string): string;
  page(content: string): string;
}

const isControl = (value: TableRow['value']): value is { html: string } => typeof value !== 'string';

/** Rows two by two, as the old pages have them. */
function inTwos(rows: readonly TableRow[]): TableRow[][] {
  return rows.flatMap((_, at) => (at % 2 === 0 ? [rows.slice(at, at + 2)] : []));
}

const title = 'CP-8841-3PCC Configuration Utility';

export const writers: Record<Dialect, (random: Random) => Writer> = {
  sipura: (random) => {
    const value = (shown: TableRow['value']): string =>
      isControl(shown) ? shown.html : `<font color="darkblue">${escape(shown)}</font>`;
    const label = (text: string): string => `${random() < 0.5 ? '&nbsp;' : ''}${text}:`;
    const block = ({ heading, rows = [], statuses = [] }: Block): string =>
      `<TR><TD COLSPAN=4 CLASS=head><B>&nbsp;${heading}</B>\n` +
      inTwos(rows)
        .map(
          (pair) =>
            `<tr bgcolor="#dcdcdc">${pair.map((cell) => `<td>${label(cell.label)}<td>${value(cell.value)}`).join('')}\n`,
        )
        .join('') +
      statuses.map((text) => `<tr><td class=info colspan=3>${escape(text)}\n`).join('');
    return {
      tab: (name, blocks) =>
        `<div class="tab-page" id=${name.split(' ')[0]}><table>${blocks.map(block).join('')}</table></div>`,
      form: (action, content) => `<FORM ACTION="${action}" METHOD="POST">${content}</FORM>`,
      page: (content) => `<HTML><HEAD><TITLE>${title}</TITLE></HEAD><BODY bgColor=white>${content}</BODY></HTML>`,
    };
  },
  bcisco: () => {
    const value = (shown: TableRow['value']): string => (isControl(shown) ? shown.html : escape(shown));
    const block = ({ heading, rows = [], statuses }: Block): string =>
      (statuses ? '' : `<tr class="section"><td colspan="4">${heading}</td></tr>`) +
      inTwos(rows)
        .map(
          (pair) =>
            `<tr>${pair.map((cell) => `<td>${cell.label}:</td><td class="info">${value(cell.value)}</td>`).join('')}</tr>`,
        )
        .join('') +
      (statuses ?? [])
        .map(
          (text, at) =>
            `<tr><td>${at === 0 ? `${heading}:` : ''}</td><td class="info" colspan="3">${escape(text)}</td></tr>`,
        )
        .join('\n');
    return {
      tab: (name, blocks) => `<div id="${name}"><table>${blocks.map(block).join('')}</table></div>`,
      form: (action, content) =>
        `<form action="${action}" method="post"><table><tr><td valign=top><div id="tableData">${content}</div></td></tr></table></form>`,
      page: (content) =>
        `<html><head><title>${title}</title></head><body onload="if (1 > 0) onLoad()">${content}</body></html>`,
    };
  },
  modern: (random) => {
    const value = (shown: TableRow['value']): string => (isControl(shown) ? shown.html : references(shown));
    const block = ({ heading, rows = [], statuses = [] }: Block): string =>
      `<h3>${heading}</h3>\n<table>` +
      rows
        .map(
          (cell) =>
            `<tr><th>${random() < 0.5 ? cell.label : ` ${cell.label} `}</th><td><div>${value(cell.value)}</div></td></tr>`,
        )
        .join('\n') +
      statuses.map((text) => `<tr><td class="info" colspan="3">${references(text)}</td></tr>`).join('') +
      '</table>';
    return {
      tab: (name, blocks) => `<section id="${name}"><h2>${name}</h2>${blocks.map(block).join('')}</section>`,
      form: (action, content) =>
        `<form action="${action}" method="post" enctype="application/x-www-form-urlencoded">${content}</form>`,
      page: (content) =>
        `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><main>${content}</main></body></html>`,
    };
  },
  labels: () => {
    const value = (shown: TableRow['value']): string =>
      isControl(shown) ? `<div class="field">${shown.html}</div>` : `<span class="value">${escape(shown)}</span>`;
    const block = ({ heading, rows = [], statuses = [] }: Block): string =>
      `<fieldset><legend>${heading}</legend>` +
      rows.map((cell) => `<div class="row"><label>${cell.label}</label>${value(cell.value)}</div>`).join('') +
      statuses.map((text) => `<div class="row status"><span>${escape(text)}</span></div>`).join('') +
      '</fieldset>';
    return {
      tab: (name, blocks) => `<div class="tab" id="${name}"><h2>${name}</h2>${blocks.map(block).join('')}</div>`,
      form: (action, content) => `<form method="POST" action="${action}">${content}</form>`,
      page: (content) => `<!DOCTYPE html><html><head><title>${title}</title></head><body>${content}</body></html>`,
    };
  },
  definitions: () => {
    const value = (shown: TableRow['value']): string => (isControl(shown) ? shown.html : escape(shown));
    const block = ({ heading, rows = [], statuses = [] }: Block): string =>
      `<h4><b>${heading}</b></h4><dl>` +
      rows.map((cell) => `<dt>${cell.label}<dd>${value(cell.value)}`).join('\n') +
      `</dl><ul>${statuses.map((text) => `<li>${escape(text)}`).join('')}</ul>`;
    return {
      tab: (name, blocks) => `<h3>${name}</h3>${blocks.map(block).join('')}`,
      form: (action, content) => `<form action=${action} method=post>${content}</form>`,
      page: (content) => `<html><title>${title}</title><body>${content}`,
    };
  },
};
