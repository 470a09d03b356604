import type { JSX } from 'preact';
import type { LicensePlan } from '../../domain/licenses/plan.js';
import { renderHeld } from '../../report/licenses/held-text.js';
import { renderPlan } from '../../report/licenses/plan-text.js';
import type { HeldLicense } from '../../store/store-rows.js';
import { Layout } from './layout.js';

interface LicensesProps {
  held: readonly HeldLicense[];
  /** Both directions; empty where there is no audit yet. */
  plans: readonly LicensePlan[];
}

/** Which licenses are needed, by the last audit, and which are held. */
export function LicensesPage({ held, plans }: LicensesProps): JSX.Element {
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
        <pre tabIndex={0}>{renderHeld(held)}</pre>
      </main>
    </Layout>
  );
}
