import type { ComponentChildren, JSX } from 'preact';

interface WideTableProps {
  /** What it shows, for those who do not see it. */
  label: string;
  /** Headings of its columns. */
  columns: readonly string[];
  /** Those that hold numbers. */
  numbers?: readonly string[];
  /** Its rows. */
  children: ComponentChildren;
}

/** A table that is moved sideways by itself, by keys too, where the page is too narrow for it. */
export function WideTable({ label, columns, numbers = [], children }: WideTableProps): JSX.Element {
  return (
    <div class="wide" tabIndex={0} role="group" aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((name) => (
              <th scope="col" class={numbers.includes(name) ? 'number' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
