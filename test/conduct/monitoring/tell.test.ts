import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { tell } from '../../../src/conduct/monitoring/tell.js';
import { type Log, silentLog } from '../../../src/domain/ports/log.js';
import { readReceiver } from '../../../src/report/notify/receiver.js';
import { sampleReport } from '../../report/support/sample.js';

const workflow = 'https://prod-12.westeurope.logic.azure.com';

/** What is logged when these are told. */
const logged = (...receivers: string[]): Promise<unknown[][]> => loggedUntil(null, ...receivers);

async function loggedUntil(left: AbortSignal | null, ...receivers: string[]): Promise<unknown[][]> {
  const lines: unknown[][] = [];
  const log: Log = {
    ...silentLog,
    warn: (...line) => void lines.push(line),
    error: (...line) => void lines.push(line),
  };
  await tell(
    { receivers: receivers.map(readReceiver), mail: null },
    sampleReport([]),
    { reportFiles: ['night.json'] },
    log,
    left,
  );
  return lines;
}

afterAll(() => nock.restore());
afterEach(() => {
  nock.cleanAll();
});

describe('telling somebody', () => {
  it('says that a workflow took plain JSON, where nobody said that it should', async () => {
    nock(workflow).post('/workflows/T0PSECRET').times(3).reply(202);
    expect(await logged(`${workflow}/workflows/T0PSECRET`)).toEqual([
      [
        expect.stringMatching(/write teams\+ before its URL, else webhook\+$/),
        { to: 'prod-12.westeurope.logic.azure.com' },
      ],
    ]);
    expect(await logged(`webhook+${workflow}/workflows/T0PSECRET`, `teams+${workflow}/workflows/T0PSECRET`)).toEqual(
      [],
    );
    expect(nock.isDone()).toBe(true);
  });

  it('tells the others when one is not there', async () => {
    nock('https://a.example.com').post('/T0PSECRET').reply(404);
    const other = nock('https://b.example.com')
      .post(
        '/',
        (body: { schema: string; text: string }) =>
          body.schema === 'fleet-migrate/notify@1' && body.text.includes('Full report: night.json'),
      )
      .reply(200);
    expect(await logged('https://a.example.com/T0PSECRET', 'https://b.example.com/')).toEqual([
      [
        'the webhook could not be notified',
        { why: 'a.example.com could not be notified: it responded with status 404.' },
      ],
    ]);
    expect(other.isDone()).toBe(true);
  });

  it('tells who was named twice once', async () => {
    const once = nock('https://a.example.com').post('/T0PSECRET').reply(200);
    expect(await logged('https://a.example.com/T0PSECRET', 'https://a.example.com/T0PSECRET')).toEqual([]);
    expect(once.isDone()).toBe(true);
  });

  it('waits no longer when it is told so, and says who may not have been told', async () => {
    nock('https://a.example.com').post('/T0PSECRET').delay(5_000).reply(200);
    const left = new AbortController();
    setTimeout(() => left.abort(), 50);
    expect(await loggedUntil(left.signal, 'https://a.example.com/T0PSECRET')).toEqual([
      [
        'the webhook may not have been notified',
        { why: 'a signal ended the waiting for its answer', to: 'a.example.com' },
      ],
    ]);
    nock.abortPendingRequests();
  });
});
