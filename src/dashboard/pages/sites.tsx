import type { JSX } from 'preact';
import type { RunReport } from '../../domain/report/report.js';
import { printable } from '../../domain/text/printable.js';
import { GroupCells } from '../../report/html/parts/outcomes.js';
import { linkTo } from '../../report/html/parts/links.js';
import { groupsOnPage } from '../../report/runs/groups.js';
import { WideTable } from '../../report/html/parts/wide-table.js';
import { Layout } from './layout.js';

/** The sites of the last run that has ended, with the models in each. */
export function SitesPage({ report }: { report: RunReport | null }): JSX.Element {
  return (
    <Layout title="Sites" place="/sites">
      <main>
        <h1>Sites</h1>
        {report === null ? <p>No run has ended yet.</p> : <Sites report={report} />}
      </main>
    </Layout>
  );
}

function Sites({ report }: { report: RunReport }): JSX.Element {
  const { id } = report.run;
  const groups = groupsOnPage(report, ['site', 'model']);
  const run = `/runs/${encodeURIComponent(id)}`;
  return (
    <>
      <p>
        By the last run that has ended, <a href={run}>{printable(id, 60)}</a>. Sites come from the inventory or the
        configuration.
      </p>
      <WideTable label="Sites" columns={['Site', 'Model', 'Phones', 'Verdicts', 'Outcomes']} numbers={['Phones']}>
        {[...groups]
          .sort((a, b) => ((a.values[0] ?? '') < (b.values[0] ?? '') ? -1 : 1))
          .map((group) => {
            const [site = '-', model = '-'] = group.values;
            return (
              <tr>
                <th scope="row">{site === '-' ? 'none' : site}</th>
                <td>{model}</td>
                <td class="number">
                  <a href={`${run}${linkTo({ site, model, phones: 'yes' })}`}>{group.phones}</a>
                </td>
                <GroupCells group={group} />
              </tr>
            );
          })}
      </WideTable>
    </>
  );
}
