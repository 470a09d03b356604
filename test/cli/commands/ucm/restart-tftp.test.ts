import { describe, expect, it } from '@jest/globals';
import { ucmRestartCommand } from '../../../../src/cli/commands/ucm/restart-tftp.js';
import { type Ucm, UcmError } from '../../../../src/ucm/ucm.js';
import { fakeUcm } from '../../../fleet/cluster/fake-ucm.js';
import { usage } from '../../support/arguments.js';
import { connectTo, ended, onCluster } from './support.js';

const startedAt = Date.UTC(2026, 10, 1, 3, 0);
const services = [
  { node: 'cucm-t1', name: 'Cisco Tftp', status: 'Started', startedAt },
  { node: 'cucm-t2', name: 'Cisco Tftp', status: null, startedAt: null },
];
const cluster = (more: Partial<Ucm> = {}) => fakeUcm([], { tftpServices: () => Promise.resolve(services), ...more });
const run = (
  fake: ReturnType<typeof cluster>,
  words: { node?: string[]; yes?: boolean },
  answer: boolean | null = null,
) => {
  const questions: string[] = [];
  const ask = answer === null ? null : (question: string) => (questions.push(question), Promise.resolve(answer));
  const { node = [], yes = false } = words;
  return ended(async () => ucmRestartCommand(await onCluster(), { node, yes }, connectTo(fake.ucm), ask)).then(
    (end) => ({
      ...end,
      questions,
    }),
  );
};

describe('ucm restart-tftp', () => {
  it('shows since when the service runs, says what it interrupts, and restarts it node by node once that is confirmed', async () => {
    const fake = cluster();
    const { code, stdout, questions } = await run(fake, {}, true);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^cucm-t1 +Cisco Tftp +Started +2026-11-01 03:00 UTC$/m);
    expect(stdout).toMatch(/^cucm-t2 +Cisco Tftp +unknown +unknown$/m);
    expect(questions).toEqual([expect.stringMatching(/on cucm-t1, then on cucm-t2\.\nPhones that download firmware/)]);
    expect(fake.asked).toEqual(['restart cucm-t1', 'restart cucm-t2']);
    expect(stdout).toMatch(/cucm-t1: restarted\ncucm-t2: restarted\n$/);
  });

  it('restarts nothing where the answer is no, and asks nothing where there is no terminal', async () => {
    const fake = cluster();
    expect(await run(fake, {}, false)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/nothing was restarted/),
    });
    await expect(run(fake, {})).rejects.toThrow(usage(/there is no terminal to ask on; add --yes/));
    expect(fake.asked).toEqual([]);
  });

  it('restarts only the node that is named, whatever the case, and none where one of them is not there', async () => {
    const fake = cluster();
    expect((await run(fake, { yes: true, node: ['CUCM-T2'] })).code).toBe(0);
    expect(fake.asked).toEqual(['restart cucm-t2']);
    await expect(run(fake, { yes: true, node: ['cucm-t1', 'cucm-t9'] })).rejects.toThrow(
      usage(/^--node cucm-t9: no TFTP service is there; nodes with one are cucm-t1, cucm-t2\.$/),
    );
    await expect(run(fakeUcm([]), { yes: true })).rejects.toThrow(usage(/has a TFTP service that is activated/));
    expect(fake.asked).toHaveLength(1);
  });

  it('leaves the other nodes as they are where one does not start again', async () => {
    const restartTftp = () =>
      Promise.reject(new UcmError('ucm-answer-lost', 'It did not show it started again.', false));
    const { code, stderr } = await run(cluster({ restartTftp }), { yes: true });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /restarting it on cucm-t1.*\n.*cucm-t1: It did not show it started again\. Look at it .*Control Center.* Left as they are: cucm-t2\./,
    );
  });
});
