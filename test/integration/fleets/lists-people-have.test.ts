import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Finished, runCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { runForReport, type ReportedRun } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

describe('lists of several systems at once', () => {
  const folder = temporaryFolder();
  const log = folder.file('run.log');
  let network: Network;
  let at: string[];
  /** A phone that listens, too, and stands in the lists as something else. */
  let router: string;
  let run: ReportedRun;
  let again: ReportedRun;

  const audit = (...words: string[]): string[] => ['audit', ...words, ...network.reach, '--no-config'];
  const list = (name: string, content: string | Uint8Array): string => {
    writeFileSync(folder.file(name), content);
    return folder.file(name);
  };

  beforeAll(async () => {
    network = await startNetwork(
      Array.from({ length: 7 }, () => ({ model: '8841' as const })),
      { subnet: '127.86.1.0/26' },
    );
    const phones = network.simulator.phones;
    at = phones.slice(0, 6).map(({ address }) => address);
    router = phones[6]?.address ?? '';
    const mac = (n: number): string => phones[n]?.mac ?? '';
    const lists = [
      list('ris.txt', `Name,IPAddress,DefaultRouter,Secure Shell Password\nSEP${mac(0)},${at[0]},${router},hunter2\n`),
      list(
        'export.csv',
        Buffer.from(`\ufeffClient IP Address\tName\tUnique ID\n${at[1]}\tdesk\t${mac(1)}\n`, 'utf16le'),
      ),
      list(
        'dhcpd.leases',
        `lease ${at[2]} { binding state active; hardware ethernet ${mac(2)}; }\nlease ${router} { binding state free; }\n`,
      ),
      list(
        'devices.json',
        JSON.stringify({ items: [{ type: 'phone', product: 'DMS Cisco 8841', ip: at[3], mac: mac(3) }] }),
      ),
      list('own', `Apparat;Adresse;Kennung\n1;${at[4]};SEP${mac(4)}\n`),
      list('plain', `# desks\n${at[5]}\n`),
    ].flatMap((path) => ['--inventory', path]);
    const report = folder.file('audit.csv');
    run = await runForReport(
      audit(...lists, '--column', 'mac=kennung', '--report', report, '--log-file', log, '--db', folder.file('a.db')),
    );
    again = await runForReport(audit('--inventory', report, '--db', folder.file('b.db')));
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  it('are read each by its content, and each phone is audited once', () => {
    expect(run.report.phones.map(({ address, outcome }) => `${address} ${outcome}`).toSorted()).toEqual(
      at.map((address) => `${address} audited`).toSorted(),
    );
  });

  it('while what else stands in their rows is never asked', () => {
    expect(network.simulator.log.filter(({ address }) => address === router)).toEqual([]);
  });

  it('and what is not read is said once a file, on standard error and in the log, without a cell of it', () => {
    expect(run.stderr).toMatch(
      /--inventory \S+ris\.txt: the columns "DefaultRouter", "Secure Shell Password" are not read/,
    );
    expect(run.stderr).toMatch(/--inventory \S+dhcpd\.leases: skipped: 1 row not active/);
    expect(readFileSync(log, 'utf8')).toContain('Secure Shell Password');
    expect(run.stderr + readFileSync(log, 'utf8')).not.toContain('hunter2');
  });

  it('of which one is the report of the last audit', () => {
    expect(again.report.phones.map(({ mac }) => mac).toSorted()).toEqual(
      run.report.phones.map(({ mac }) => mac).toSorted(),
    );
    expect(again.stderr).not.toContain('not read');
  });

  it('and one that is no list of phones ends the command before anything is contacted', async () => {
    const before = network.simulator.log.length;
    const refused = (...words: string[]): Promise<Finished> => runCommand(audit(...words));
    const switchText = list('cdp.csv', 'Device ID: SW1\nEntry address(es):\n  IP address: 127.86.1.1\n');
    const ends = await Promise.all([
      refused('--inventory', switchText),
      refused('--inventory', folder.file('own'), '--column', 'mac=Device Name'),
    ]);
    expect(ends.map(({ code }) => code)).toEqual([2, 2]);
    expect(ends[0]?.stderr).toMatch(/show cdp neighbors.*--subnet/);
    expect(ends[1]?.stderr).toMatch(
      /--column mac="Device Name": there is no such column in \S+; there are "Apparat", "Adresse", "Kennung"/,
    );
    expect(network.simulator.log).toHaveLength(before);
  });
});
