import type { JSX } from 'preact';
import { WideTable } from '../html/parts/wide-table.js';
import type { Section } from './section.js';

/** One part of what a rehearsal says. */
export function SectionPart({ section }: { section: Section }): JSX.Element {
  const { id, title, sentences, table, after = [] } = section;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {sentences.map((text) => (
        <p>{text}</p>
      ))}
      {table && (
        <WideTable label={title} columns={table.columns.map(capital)} numbers={table.numbers.map(capital)}>
          {table.rows.map(([name, ...cells]) => (
            <tr>
              <th scope="row" class={numberIn(table, 0)}>
                {name}
              </th>
              {cells.map((cell, at) => (
                <td class={numberIn(table, at + 1)}>{cell}</td>
              ))}
            </tr>
          ))}
        </WideTable>
      )}
      {after.map((text) => (
        <p>{text}</p>
      ))}
    </section>
  );
}

function numberIn({ columns, numbers }: NonNullable<Section['table']>, at: number): string | undefined {
  return numbers.includes(columns[at] ?? '') ? 'number' : undefined;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
