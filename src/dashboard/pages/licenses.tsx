import type { JSX } from 'preact';
import type { LicensePlan } from '../../domain/licenses/plan.js';
import { printable } from '../../domain/text/printable.js';
import { Time } from '../../report/html/parts/time.js';
import { WideTable } from '../../report/html/parts/wide-table.js';
import { renderPlan } from '../../report/licenses/plan-text.js';
import { commandLine } from '../../report/summary/commands.js';
import type { HeldLicense } from '../../store/store-rows.js';
import { Layout } from './layout.js';

interface LicensesProps {
  held: readonly HeldLicense[];
  /** Both directions; empty where there is no audit yet. */
  plans: readonly LicensePlan[];
  /** What commands need to find the store again. */
  where: readonly string[];
}

/** Which licenses are needed, by the last audit, and which are held. */
export function LicensesPage({ held, plans, where }: LicensesProps): JSX.Element {
  return (
    <Layout title="Licenses" place="/licenses">
      <main>
        <h1>Licenses</h1>
        <h2>Needed</h2>
        {plans.length === 0 && <p>There is no audit yet that says what phones need.</p>}
        {plans.map((plan) => (
          <pre tabIndex={0}>{renderPlan(plan)}</pre>
        ))}
        <h2>Held</h2>
        {held.length === 0 ? (
          <p>
            None: <code>{commandLine(['licenses', 'import', 'FILE', ...where])}</code> takes those that the portal gave.
          </p>
        ) : (
          <Held held={held} />
        )}
      </main>
    </Layout>
  );
}

function Held({ held }: Pick<LicensesProps, 'held'>): JSX.Element {
  return (
    <WideTable label="Licenses that are held" columns={['Phone', 'Direction', 'Imported', 'File', 'Source']}>
      {held.map(({ mac, direction, importedAt, file, source }) => (
        <tr>
          <th scope="row">{mac}</th>
          <td>{direction}</td>
          <td>
            <Time at={importedAt} />
          </td>
          <td>{printable(file, 60)}</td>
          <td>{printable(source, 200)}</td>
        </tr>
      ))}
    </WideTable>
  );
}
