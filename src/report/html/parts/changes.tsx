import type { JSX } from 'preact';
import type { RunDiff } from '../../../domain/report/run-diff.js';
import { printable } from '../../../domain/text/printable.js';
import { changeRemarks, type ChangeSection, changeSections, changesTitle } from '../../runs/diff.js';
import { WideTable } from './wide-table.js';

/** More rows than this of one kind are counted: a night that moved all phones changed all of them. */
const mostRows = 200;

/** What changed since the run before. */
export function Changes({ changes }: { changes: RunDiff }): JSX.Element {
  const { before, after } = changeRemarks(changes);
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">What changed since the run before</h2>
      <p>{changesTitle(changes)}</p>
      {before.map((text) => (
        <p>{text}</p>
      ))}
      {changeSections(changes).map((section) => (
        <ChangesOfKind section={section} ids={[changes.from.id, changes.to.id]} />
      ))}
      {after.map((text) => (
        <p>{text}</p>
      ))}
    </section>
  );
}

function ChangesOfKind({ section: { title, rows }, ids }: { section: ChangeSection; ids: string[] }): JSX.Element {
  const left = rows.length - mostRows;
  return (
    <details open={rows.length <= 12}>
      <summary>
        {title} ({rows.length})
      </summary>
      <WideTable label={title} columns={['Address', 'MAC', title]}>
        {rows.slice(0, mostRows).map(([address = '', mac = '', what = '']) => (
          <tr>
            <td class="whole">{printable(address)}</td>
            <td class="whole">{printable(mac)}</td>
            <td>{printable(what)}</td>
          </tr>
        ))}
      </WideTable>
      {left > 0 && (
        <p>
          and {left} more: <code>fleet-migrate report --diff {ids.map((id) => printable(id, 60)).join(' ')}</code>
        </p>
      )}
    </details>
  );
}
