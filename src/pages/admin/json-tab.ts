import type { JsonTabs } from '../../domain/phone/page-profile.js';
import { detach } from '../../domain/text/detach.js';

/** One field of a tab that is served as JSON (docs/knowledge/multiplatform-pages.md#tabs-as-json). */
export interface JsonField {
  /** The web label. */
  name: string;
  value: string;
  /** The name to post it under; `null` where the file does not say. */
  id: string | null;
  /** What a select offers; empty where the file does not say. */
  options: { value: string; label: string }[];
}

/** A tab is a few hundred fields; anything beyond this is not one. */
const longest = 2_000_000;

/** Reads a tab: an array of one object per field. Objects without name or value are left out. `null` for anything else. Never throws. */
export function readJsonTab(text: string, keys: JsonTabs): JsonField[] | null {
  if (text.length > longest || !/^\s*\[/.test(text)) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  return Array.isArray(parsed) ? parsed.flatMap((entry: unknown) => fieldOf(entry, keys) ?? []) : null;
}

function fieldOf(entry: unknown, keys: JsonTabs): JsonField | null {
  const name = textOf(own(entry, keys.nameKey));
  const value = textOf(own(entry, keys.valueKey));
  if (name === null || name.trim() === '' || value === null) return null;
  const id = keys.idKeys.map((key) => textOf(own(entry, key))).find((text) => text !== null) ?? null;
  const offered = own(entry, keys.optionsKey);
  return {
    name,
    value,
    // The names of the old forms are bare numbers (docs/knowledge/multiplatform-pages.md#spa5xx); anything else is not known to be a name.
    id: id !== null && /^\d{1,9}$/.test(id) ? id : null,
    options: Array.isArray(offered) ? offered.flatMap((option: unknown) => optionOf(option, keys) ?? []) : [],
  };
}

function optionOf(option: unknown, keys: JsonTabs): JsonField['options'][number] | null {
  const plain = textOf(option);
  if (plain !== null) return { value: plain, label: plain };
  const value = textOf(own(option, keys.valueKey));
  return value === null ? null : { value, label: textOf(own(option, keys.nameKey)) ?? value };
}

function own(entry: unknown, key: string): unknown {
  if (typeof entry !== 'object' || entry === null || !Object.hasOwn(entry, key)) return undefined;
  return (entry as Record<string, unknown>)[key];
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return detach(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
