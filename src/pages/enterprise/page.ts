import type { EnterpriseField, EnterprisePages } from '../../domain/phone/page-profile.js';
import { parsePage } from '../markup/dom.js';
import { type DeviceTexts, enterpriseDevice, type EnterpriseDevice } from './device.js';
import { mayBeCutOff } from '../markup/truncation.js';
import { type LabelIndex, labelIndexOf } from '../../domain/phone/labels.js';
import type { Cell, Row } from '../rows/cell.js';
import { readRows } from '../rows/rows.js';
import { detach } from '../../domain/text/detach.js';
import { compile } from '../markup/text.js';
import { readXml } from '../xml/read.js';

export type { EnterpriseDevice };

/** No page of such a phone comes near this; a longer one is something else. */
const longest = 1_000_000;

/**
 * Reads `/DeviceInformationX` or its `adapterX=` twin (docs/knowledge/enterprise-pages.md#device-information), whatever the root and the
 * letter case of its tags. `null` when it does not name a Cisco phone. Never throws.
 */
export function readEnterpriseXml(xml: string, profile: EnterprisePages): EnterpriseDevice | null {
  const wanted = labelIndexOf(profile.tags);
  const texts: Partial<Record<EnterpriseField, string[]>> = {};
  for (const leaf of readXml(xml)) {
    const field = wanted.find(leaf.tag);
    if (field) (texts[field] ??= []).push(leaf.text);
  }
  return enterpriseDevice(texts, profile);
}

/**
 * Reads the HTML device page: the fallback where there is no XML, since its labels follow the user's language. `null` when neither a row
 * nor the banner names a Cisco phone. Never throws.
 */
export function readEnterpriseHtml(html: string, profile: EnterprisePages): EnterpriseDevice | null {
  const rows = rowsOf(html);
  const texts = textsByField(rows, profile);
  const banner = readBanner(rows, profile);
  const productId = texts.productId ?? listOf(banner.productId);
  return enterpriseDevice({ ...texts, productId, mac: [...(texts.mac ?? []), ...listOf(banner.mac)] }, profile);
}

function rowsOf(html: string): Row[] {
  const document = html.length > longest ? null : parsePage(html);
  const rows = document ? readRows(document) : [];
  return mayBeCutOff(html) ? rows.slice(0, -1) : rows;
}

function textsByField(rows: readonly Row[], profile: EnterprisePages): DeviceTexts {
  const labels = labelIndexOf(profile.labels);
  const texts: Partial<Record<EnterpriseField, string[]>> = {};
  for (const [at, row] of rows.entries()) {
    const pair = labelAndValue(row);
    const name = pair?.label ?? onlyCell(row);
    const field = name ? labels.findIn(name) : undefined;
    if (!field || (!pair && field !== 'udi')) continue;
    const first = pair ? [pair.value] : [];
    const lines = field === 'udi' ? [...first, ...linesBelow(rows, at, labels)] : first;
    (texts[field] ??= []).push(lines.join('\n'));
  }
  return texts;
}

/** Label, spacer and value, or without the spacer as on the 7841 (docs/knowledge/enterprise-pages.md#html). */
function labelAndValue({ cells }: Row): { label: Cell; value: string } | null {
  const [label, middle, last, ...more] = cells;
  if (!label || !middle || more.length > 0 || cells.some((cell) => cell.controls.length > 0)) return null;
  if (!last) return { label, value: middle.text };
  return middle.text === '' ? { label, value: last.text } : null;
}

function onlyCell({ cells }: Row): Cell | null {
  const [only, ...others] = cells;
  return only && others.length === 0 && only.controls.length === 0 ? only : null;
}

/** A UDI has no more lines than these. */
const mostLines = 5;

/** The UDI's other lines: rows without a label, or of one cell as on the 7821 (docs/knowledge/enterprise-pages.md#html). */
function linesBelow(rows: readonly Row[], at: number, labels: LabelIndex<EnterpriseField>): string[] {
  const lines: string[] = [];
  for (const row of rows.slice(at + 1, at + 1 + mostLines)) {
    const pair = labelAndValue(row);
    const line = pair?.label.text === '' ? pair.value : (onlyCell(row)?.text ?? null);
    if (line === null || labels.find(line)) break;
    lines.push(line);
  }
  return lines;
}

interface Banner {
  productId: string | null;
  mac: string | null;
}

/** `Cisco IP Phone CP-8811 ( SEP00B8B33B44CF )` at the head of every page. */
function readBanner(rows: readonly Row[], profile: EnterprisePages): Banner {
  const pattern = compile(profile.bannerPattern);
  for (const row of rows) {
    for (const cell of row.cells) {
      const found = pattern.exec(cell.text)?.groups;
      if (found) return { productId: detach(found['productId'] ?? ''), mac: detach(found['mac'] ?? '') };
    }
  }
  return { productId: null, mac: null };
}

function listOf(text: string | null): string[] {
  return text === null ? [] : [text];
}
