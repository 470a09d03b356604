import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { apart } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { readReport } from '../../support/reports/report-schema.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { hasTerminals, type OnTerminal, startOnTerminal } from '../../support/command/terminal.js';

/** Two readers at one phone are no concern of the locks; two writers are. */
const ofReading = /two connections at once|before the last one was answered/;

describe('two runs with stores of their own', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());
  const profile = quickProfile(folder.path, 'mpp-to-enterprise');
  let network: Network;
  afterEach(() => network.close());

  const both = hasTerminals ? it : it.skip;
  both(
    'never write to the same phone: who comes second leaves it to the other, and says to whom (skipped without script)',
    async () => {
      network = await startNetwork([{ count: 20, model: '8841', load: 'sip88xx.12-0-3MPP0001-87' }], {
        subnet: '127.66.12.0/27',
        strict: false,
      });
      const words = [...network.scan, '--profile', profile, '--files', network.files, '--yes'];
      // Two people at two terminals, who both say yes when both have been asked: every phone is read by both before anybody writes.
      const begin = (who: string): OnTerminal =>
        startOnTerminal([
          ...words.filter((word) => word !== '--yes'),
          ...['--no-config', '--lock-folder', folder.file('locks'), '--db', folder.file(`${who}.db`)],
          ...['--report', folder.file(`${who}.json`)],
        ]);
      const runs = [begin('one'), begin('other')];
      await Promise.all(runs.map((run) => run.shows('? (y/n) ')));
      for (const run of runs) run.type('yes\r');
      await Promise.all(runs.map((run) => run.done));
      const reports = ['one', 'other'].map((who) => readReport(folder.file(`${who}.json`)));

      const writers = reports.map((report) => report.phones.filter(({ touched }) => touched).map(({ mac }) => mac));
      expect(writers.flat().toSorted()).toEqual(network.simulator.phones.map(({ mac }) => mac).toSorted());
      const posted = network.posts().map(({ mac }) => mac);
      expect(posted).toHaveLength(new Set(posted).size);
      expect(network.violations().filter((text) => !ofReading.test(text))).toEqual([]);

      const left = reports.flatMap((report) => report.phones.filter(({ touched }) => !touched));
      expect(left).toHaveLength(20);
      for (const { outcome, failure } of left) {
        expect([outcome, failure?.code]).toEqual(['deferred', 'locked-elsewhere']);
        expect(failure?.message).toMatch(/pid \d+/);
      }
    },
  );

  it('nor to one that another run has planned, before its turn', async () => {
    network = await startNetwork([{ count: 6, model: '8841', load: 'sip88xx.12-0-3MPP0001-87' }], {
      subnet: '127.66.12.0/27',
      strict: false,
    });
    const words = [...network.scan, '--profile', profile, '--files', network.files, '--yes'];
    const env = apart();
    const first = runForReport([...words, '--max-upgrading', '1'], { env });
    while (network.posts().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const second = await runForReport(words, { env });
    expect(second.report.phones.filter(({ touched }) => touched)).toEqual([]);
    expect((await first).report.totals.byOutcome).toMatchObject({ done: 6 });
  });
});
