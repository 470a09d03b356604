import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { logEvent } from '../../../src/conduct/run/log-event.js';
import { createLog } from '../../../src/log/create-log.js';

/** What an event is in the log. */
async function logged(format: 'json' | 'text', event: Parameters<typeof logEvent>[1]): Promise<string> {
  let text = '';
  const stream = new Writable({
    decodeStrings: false,
    write: (piece: string, _encoding, done) => {
      text += piece;
      done();
    },
  });
  const log = createLog({ level: 'info', format, clock: { now: () => 0 }, stream });
  logEvent(log, event);
  await log.close();
  return text;
}

const finished = {
  event: 'run-finished',
  at: '2026-01-31T22:14:05.000Z',
  address: null,
  mac: null,
  targets: 3,
  byOutcome: { done: 2, failed: 1 },
};

describe('an event in the log', () => {
  it('keeps its objects in JSON', async () => {
    expect(JSON.parse(await logged('json', finished))).toMatchObject({
      message: 'run-finished',
      targets: 3,
      byOutcome: { done: 2, failed: 1 },
    });
  });

  it('has them as JSON without quotes around it in text', async () => {
    expect(await logged('text', finished)).toMatch(/ run-finished targets=3 byOutcome=\{"done":2,"failed":1\}\n$/);
  });

  it('stands under its phone, with no secret in what was changed', async () => {
    const changes = [{ field: 'upgradeRule', from: '', to: 'http://admin:hunter2@10.0.0.5/load' }];
    const line = await logged('json', { ...finished, event: 'intent', address: '10.0.0.9', mac: null, changes });
    expect(JSON.parse(line)).toMatchObject({ address: '10.0.0.9', changes: [{ field: 'upgradeRule' }] });
    expect(line).not.toContain('hunter2');
  });
});
