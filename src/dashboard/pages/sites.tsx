import type { JSX } from 'preact';
import type { RunReport } from '../../domain/report/report.js';
import { printable } from '../../domain/text/printable.js';
import { GroupCells } from '../../report/html/parts/outcomes.js';
import { linkTo } from '../../report/html/parts/links.js';
import { grouped, valueText } from '../../report/runs/groups.js';
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
  const { groups } = grouped(report, ['site', 'model']);
  const run = `/runs/${encodeURIComponent(id)}`;
  return (
    <>
      <p>
        By the last run that has ended, <a href={run}>{printable(id, 60)}</a>. Sites come from the inventory or the
        configuration.
      </p>
      <WideTable label="Sites" columns={['Site', 'Model', 'Phones', 'Verdicts', 'Outcomes']} numbers={['Phones']}>
        {[...groups]
          .sort((a, b) => (valueText(a.values[0] ?? null) < valueText(b.values[0] ?? null) ? -1 : 1))
          .map(({ values: [site = null, model = null], phones, byVerdict, byOutcome }) => (
            <tr>
              <th scope="row">{site === null ? 'none' : valueText(site)}</th>
              <td>{valueText(model)}</td>
              <td class="number">
                <a href={`${run}${linkTo({ ...(site === null ? {} : { site }), model: valueText(model) })}`}>
                  {phones}
                </a>
              </td>
              <GroupCells byVerdict={byVerdict} byOutcome={byOutcome} />
            </tr>
          ))}
      </WideTable>
    </>
  );
}
