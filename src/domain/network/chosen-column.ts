import { nearMiss } from '../text/near-miss.js';
import { shown } from '../text/printable.js';
import { UsageError } from '../text/usage-error.js';

/** What a list may say of a phone beforehand. */
export const hintNames = ['mac', 'model', 'vid', 'serial', 'site', 'note'] as const;

export type HintName = (typeof hintNames)[number];

/** What a column of an inventory may say. */
export const columnMeanings = ['address', ...hintNames] as const;

export type Meaning = (typeof columnMeanings)[number];

/** A column of a list that goes by a name of its own, and what it says. */
export interface ChosenColumn {
  meaning: Meaning;
  name: string;
}

/** Reads `mac=Device Name`; the name may be in quotes. @throws UsageError */
export function parseChosenColumn(text: string, flag: string): ChosenColumn {
  const place = `${flag} ${JSON.stringify(shown(text))}`;
  const [, left = '', right] = /^([^=]*)=([^]*)$/.exec(text) ?? [];
  const word = left.trim().toLowerCase();
  const meaning = columnMeanings.find((one) => one === word);
  const name =
    right
      ?.trim()
      .replace(/^(["'])([^]*)\1$/, '$2')
      .trim() ?? '';
  if (meaning !== undefined && name !== '') return { meaning, name };
  const example = `write what it says and its name, such as ${flag} mac="Device Name"`;
  if (right === undefined) throw new UsageError(`${place}: ${example}.`);
  if (meaning !== undefined) throw new UsageError(`${place}: the name of the column is missing; ${example}.`);
  const near = nearMiss(word, columnMeanings);
  throw new UsageError(
    `${place}: a column can be read as ${columnMeanings.join(', ')}, not as ${JSON.stringify(shown(left.trim()))}${near === null ? '' : `: did you mean ${near}`}; ${example}.`,
  );
}
