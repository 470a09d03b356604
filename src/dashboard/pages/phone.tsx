import type { JSX } from 'preact';
import { phonesByReport } from '../../domain/report/story/story.js';
import { standingWord } from '../../domain/report/unfinished.js';
import { printable } from '../../domain/text/printable.js';
import { Details } from '../../report/html/page/details.js';
import { Time } from '../../report/html/parts/time.js';
import { pageRow } from '../../report/html/rows.js';
import { valueText } from '../../report/runs/groups.js';
import type { PhoneHistory } from '../../store/store-rows.js';
import { Layout } from './layout.js';

interface PhonePageProps {
  mac: string;
  history: PhoneHistory;
  /** Runs that have not ended and that nobody works on. */
  cutOff: ReadonlySet<string>;
}

/** One phone across all nights: how it ended in each, and what it showed otherwise than before. */
export function PhonePage({ mac, history, cutOff }: PhonePageProps): JSX.Element {
  const { runs, changes } = history;
  return (
    <Layout title={`Phone ${printable(mac, 40)}`} place="/phones">
      <main>
        <h1>Phone {printable(mac, 40)}</h1>
        {runs.length === 0 && <p>No run that is still in the store has seen it.</p>}
        {runs.map(({ run, startedAt, profile, phone }, at) => {
          const [told] = phonesByReport({ phones: [phone] });
          return (
            <section aria-labelledby={`run-${run}`}>
              <h2 id={`run-${run}`}>
                <Time at={startedAt} />: {profile === null ? 'audit' : printable(profile, 60)},{' '}
                <span class={`of-${standingWord(phone)}`}>{standingWord(phone)}</span>
                {cutOff.has(run) ? ', cut off' : ''}
              </h2>
              <p>
                At {printable(phone.address, 60)}, in the run{' '}
                <a href={`/runs/${encodeURIComponent(run)}`}>{printable(run, 60)}</a>
              </p>
              <details open={at === 0}>
                <summary>What it showed, and what happened</summary>
                {told && <Details row={pageRow(told, { isCutOff: cutOff.has(run) })} />}
              </details>
            </section>
          );
        })}
        {changes.length > 0 && (
          <section aria-labelledby="changes">
            <h2 id="changes">What it showed otherwise than before</h2>
            <table>
              <thead>
                <tr>
                  <th scope="col">When</th>
                  <th scope="col">What</th>
                  <th scope="col">Before</th>
                  <th scope="col">After</th>
                </tr>
              </thead>
              <tbody>
                {changes.map(({ at, field, before, after }) => (
                  <tr>
                    <td>
                      <Time at={at} />
                    </td>
                    <th scope="row">{field}</th>
                    <td>{valueText(before)}</td>
                    <td>{valueText(after)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </main>
    </Layout>
  );
}
