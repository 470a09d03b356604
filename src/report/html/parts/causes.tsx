import type { JSX } from 'preact';
import type { RunReport } from '../../../domain/report/report.js';
import { printable } from '../../../domain/text/printable.js';
import { failureGroups } from '../../summary/failure-groups.js';
import { linkTo } from './links.js';
import { WideTable } from './wide-table.js';

interface CausesProps {
  report: RunReport;
  title?: string;
}

/** Problems by cause: how many phones have it, what it is, and what to do about it. */
export function Causes({ report, title = 'Problems by cause' }: CausesProps): JSX.Element | null {
  const groups = failureGroups(report);
  if (groups.length === 0) return null;
  return (
    <section aria-labelledby="causes">
      <h2 id="causes">{title}</h2>
      <WideTable label={title} columns={['Phones', 'Cause', 'What it is', 'What to do']} numbers={['Phones']}>
        {groups.map(({ code, meaning, hint, phones }) => (
          <tr>
            <td class="number">
              <a href={linkTo({ code })} aria-label={`${phones.length}: show those with ${printable(code, 60)}`}>
                {phones.length}
              </a>
            </td>
            <th scope="row">
              <code>{printable(code, 60)}</code>
            </th>
            <td>{printable(meaning)}</td>
            <td>{printable(hint)}</td>
          </tr>
        ))}
      </WideTable>
    </section>
  );
}
