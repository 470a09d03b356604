import { type GroupKey, groupKeys } from '../../domain/report/groups.js';
import { nearMiss } from '../../domain/text/near-miss.js';
import { shown } from '../../domain/text/printable.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { textForm } from '../../config/settings/forms.js';

/** What phones are counted by, separated by commas. */
export const groupByForm = textForm(
  'KEY,KEY',
  (text, flag): GroupKey[] =>
    text
      .split(',')
      .map((part) => part.trim().toLowerCase())
      .filter((word) => word !== '')
      .map((word) => {
        const key = groupKeys.find((known) => known === word);
        if (key !== undefined) return key;
        const near = nearMiss(word, groupKeys);
        const guess = near === null ? '' : ` Did you mean ${near}?`;
        throw new UsageError(
          `${flag} ${shown(word)}: phones can be counted by ${groupKeys.join(', ')}, such as ${flag} model,firmware.${guess}`,
        );
      }),
  { example: 'model,firmware' },
);
