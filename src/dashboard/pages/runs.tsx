import type { JSX } from 'preact';
import type { RunListEntry } from '../../domain/report/report.js';
import { runRow } from '../../report/runs/table.js';
import { WideTable } from '../../report/html/parts/wide-table.js';
import { Layout } from './layout.js';

/** All runs; the table follows what goes on. */
export function RunsPage({ runs }: { runs: readonly RunListEntry[] }): JSX.Element {
  return (
    <Layout title="Runs" place="/" script="live.js">
      <main>
        <h1>Runs</h1>
        <p class="lost" role="status" hidden />
        <div data-live="/live/runs">
          <RunsTable runs={runs} />
        </div>
      </main>
    </Layout>
  );
}

/** The runs as a table, the latest first. */
export function RunsTable({ runs }: { runs: readonly RunListEntry[] }): JSX.Element {
  if (runs.length === 0) return <p>There are no runs yet.</p>;
  return (
    <WideTable
      label="Runs"
      columns={['Run', 'Began', 'Took', 'Profile', 'State', 'Targets', 'Outcomes']}
      numbers={['Targets']}
    >
      {runs.map((run) => {
        const { run: id, started, took, profile, state, targets, outcomes } = runRow(run);
        return (
          <tr data-key={run.id} class={run.state === 'running' ? 'urgent' : undefined}>
            <th scope="row">
              <a href={`/runs/${encodeURIComponent(run.id)}`}>{id}</a>
            </th>
            <td>{started}</td>
            <td>{took}</td>
            <td>{profile}</td>
            <td>{state}</td>
            <td class="number">{targets}</td>
            <td>{outcomes}</td>
          </tr>
        );
      })}
    </WideTable>
  );
}
