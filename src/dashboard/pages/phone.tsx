import type { JSX } from 'preact';
import { isTouched } from '../../domain/progress/state.js';
import { printable } from '../../domain/text/printable.js';
import { Details } from '../../report/html/page/details.js';
import { linkTo } from '../../report/html/parts/links.js';
import { Time } from '../../report/html/parts/time.js';
import { WideTable } from '../../report/html/parts/wide-table.js';
import { momentRows, pageRow } from '../../report/html/rows.js';
import { valueText } from '../../report/runs/groups.js';
import type { PhoneHistory, PhoneNight } from '../../store/store-rows.js';
import { Layout } from './layout.js';

/** One phone across all nights: how it fared in each, and what it showed otherwise than before. */
export function PhonePage({ mac, history }: { mac: string; history: PhoneHistory }): JSX.Element {
  const { runs, changes } = history;
  return (
    <Layout title={`Phone ${printable(mac, 40)}`} place="/phones">
      <main>
        <h1>Phone {printable(mac, 40)}</h1>
        {runs.length === 0 && <p>No run that is still in the store has seen it.</p>}
        {runs.map((night, at) => (
          <Night mac={mac} night={night} at={at} />
        ))}
        {changes.length > 0 && (
          <section aria-labelledby="changes">
            <h2 id="changes">What it showed otherwise than before</h2>
            <WideTable label="What it showed otherwise" columns={['When', 'What', 'Before', 'After']}>
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
            </WideTable>
          </section>
        )}
      </main>
    </Layout>
  );
}

interface NightProps {
  mac: string;
  night: PhoneNight;
  /** Which it is, from 0, the latest. */
  at: number;
}

/** How the phone fared in one run. */
function Night({ mac, night, at }: NightProps): JSX.Element {
  const { run, startedAt, profile, address, state, phone, moments, isWhole, wave } = night;
  const id = `night-${at}`;
  const runPath = `/runs/${encodeURIComponent(run)}`;
  const row =
    phone === null
      ? { key: printable(mac, 40), facts: [], moments: momentRows(moments) }
      : pageRow({ phone, moments, wave, writtenAt: null, endedAt: null });
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        <Time at={startedAt} />: {profile === null ? 'audit' : printable(profile, 60)},{' '}
        <span class={`of-${state}`}>{state}</span>
      </h2>
      <p>
        At {printable(address, 60)}, in {wave === null ? '' : `wave ${wave} of `}the run{' '}
        <a href={runPath}>{printable(run, 60)}</a>
      </p>
      {phone === null && <p class={night.goesOn ? undefined : 'warning'}>{notEndedText(night)}</p>}
      <details open={at === 0}>
        <summary>What it showed, and what happened</summary>
        <Details row={row} />
        {!isWhole && (
          <p>
            That long ago, this is only what it showed:{' '}
            <a href={`${runPath}/report${linkTo({ phone: mac })}`}>all that happened is in the report of the run</a>.
          </p>
        )}
      </details>
    </section>
  );
}

function notEndedText({ state, goesOn }: PhoneNight): string {
  if (goesOn) return isTouched(state) ? 'It is under way: its run watches it.' : 'It has not ended: its run goes on.';
  return isTouched(state)
    ? 'It was written to, and nobody saw how it ended: its run stopped before. Look for it, or let a resume of the run do so.'
    : 'It was not written to when its run stopped; a resume of the run reads it again.';
}
