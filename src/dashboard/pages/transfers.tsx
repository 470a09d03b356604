import type { JSX } from 'preact';
import { formatBytes } from '../../domain/text/bytes.js';
import { printable } from '../../domain/text/printable.js';
import { Time } from '../../report/html/parts/time.js';
import type { Transfer } from '../../store/store-rows.js';
import { WideTable } from '../../report/html/parts/wide-table.js';
import { Layout, phonePath } from './layout.js';

/** More than this are not shown. */
const mostTransfers = 500;

/** What phones fetched from our own file server since yesterday, the latest first. */
export function TransfersPage({ transfers }: { transfers: readonly Transfer[] }): JSX.Element {
  const left = transfers.length - mostTransfers;
  return (
    <Layout title="Transfers" place="/transfers">
      <main>
        <h1>Transfers</h1>
        <p>
          What was fetched from the file server of fleet-migrate (serve, --serve) in the last 24 hours, the latest
          first.
        </p>
        {transfers.length === 0 ? (
          <p>Nothing was.</p>
        ) : (
          <WideTable label="Transfers" columns={['Began', 'Client', 'File', 'Over', 'Sent', 'State']}>
            {[...transfers]
              .reverse()
              .slice(0, mostTransfers)
              .map(({ startedAt, client, mac, file, protocol, bytes, size, state, why }) => (
                <tr>
                  <td>
                    <Time at={startedAt} />
                  </td>
                  <td>
                    {printable(client, 60)}
                    {mac !== null && (
                      <>
                        {' '}
                        (<a href={phonePath(mac)}>{mac}</a>)
                      </>
                    )}
                  </td>
                  <td>{printable(file, 200)}</td>
                  <td>{protocol}</td>
                  <td>
                    {formatBytes(bytes)}
                    {size !== null && size !== bytes ? ` of ${formatBytes(size)}` : ''}
                  </td>
                  <td>
                    {state}
                    {why === null ? '' : `: ${printable(why, 200)}`}
                  </td>
                </tr>
              ))}
          </WideTable>
        )}
        {left > 0 && <p>and {left} earlier ones.</p>}
      </main>
    </Layout>
  );
}
