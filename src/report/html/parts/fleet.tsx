import type { JSX } from 'preact';
import type { RunReport } from '../../../domain/report/report.js';
import { printable } from '../../../domain/text/printable.js';
import type { GroupKey } from '../../../domain/report/groups.js';
import { groupsOnPage } from '../../runs/groups.js';
import { linkTo } from './links.js';
import { GroupCells } from './outcomes.js';
import { WideTable } from './wide-table.js';

const keys: readonly GroupKey[] = ['model', 'firmware', 'authorization'];

/** More combinations than this are counted. */
const mostGroups = 200;

/** The fleet by model, firmware and authorization. */
export function Fleet({ report }: { report: RunReport }): JSX.Element | null {
  const groups = groupsOnPage(report, keys);
  if (groups.length === 0) return null;
  const left = groups.length - mostGroups;
  return (
    <section aria-labelledby="fleet">
      <h2 id="fleet">The fleet by model, firmware and authorization</h2>
      <WideTable
        label="The fleet by model, firmware and authorization"
        columns={['Phones', 'Model', 'Firmware', 'Authorization type', 'Verdicts', 'Outcomes']}
        numbers={['Phones']}
      >
        {groups.slice(0, mostGroups).map((group) => {
          const { values, phones } = group;
          const [model = '-', firmware = '-', authorization = '-'] = values;
          const label = `${phones}: show those of model ${model} with ${firmware}`;
          return (
            <tr>
              <td class="number">
                <a href={linkTo({ model, firmware, authorization, phones: 'yes' })} aria-label={label}>
                  {phones}
                </a>
              </td>
              <th scope="row">{model}</th>
              <td class="whole">{firmware}</td>
              <td>{authorization}</td>
              <GroupCells group={group} />
            </tr>
          );
        })}
      </WideTable>
      {left > 0 && (
        <p>
          and {left} more:{' '}
          <code>
            fleet-migrate report {printable(report.run.id, 60)} --group-by {keys.join(',')}
          </code>
        </p>
      )}
    </section>
  );
}
