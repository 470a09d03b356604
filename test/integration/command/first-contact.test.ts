import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProbeReport } from '../../../src/contact/probe/probe-report.js';
import { runCommand, type Finished } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';
import { adminHtml } from '../../phones/support/web-phone.js';

const folder = temporaryFolder();
const at = (name: string): string => join(folder.path, name);

/** Phones whose page calls the MAC and the rule otherwise. */
const strange = adminHtml().replace('MAC Address', 'MAC Adresse').replace('Upgrade Rule', 'Upgrade Rulle');
let net: Network;
let other: Server;
beforeAll(async () => {
  net = await startNetwork([
    {
      name: 'Zanzibar',
      model: '8845',
      load: 'sip8845_65.12-0-7MPP0501-123',
      dialect: 'json',
      behavior: { scheme: 'redirect', certificate: 'manufacturing', auth: 'form', password: 'Twelve-0-7' },
    },
  ]);
  other = createServer((request, response) => {
    const page = request.url === '/admin/advanced' ? strange : null;
    response.writeHead(page === null ? 404 : 200, { 'Content-Type': 'text/html' }).end(page ?? '');
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  other.closeAllConnections();
  other.close();
  folder.remove();
  await net.close();
});

const env = { PHONE_PASSWORD: 'Twelve-0-7' };
const signedIn = (...args: string[]): Promise<Finished> =>
  runCommand([...args, ...net.reach, '--password-env', 'PHONE_PASSWORD'], { env });

describe('the first phone on the desk', () => {
  it('is probed, captured, checked, and read again from the capture', async () => {
    const { address, mac } = net.phone('Zanzibar');
    const words = await signedIn('probe', address);
    expect(words).toMatchObject({ code: 0, stderr: '' });
    expect(words.stdout).toMatch(/a phone: 8845, multiplatform/);
    expect(words.stdout).toMatch(/MAC: \w{12} {3}\[.*"MAC Address"\]/);
    const json = await signedIn('probe', address, '--output', 'json');
    const live = JSON.parse(json.stdout) as ProbeReport;
    expect(live).toMatchObject({ schema: 'fleet-migrate/probe@1', result: 'phone', missing: [] });

    const captured = await signedIn('capture', address, '-o', at('phone.zip'));
    expect(captured).toMatchObject({ code: 0, stderr: '' });
    const again = await signedIn('capture', address, '-o', at('phone.zip'));
    expect(again).toMatchObject({ code: 2, stderr: expect.stringMatching(/phone\.zip exists already/) });
    const checked = await runCommand(['capture', '--check', at('phone.zip')]);
    expect(checked).toMatchObject({ code: 0, stderr: '' });
    expect(checked.stdout).toMatch(/Nothing suspicious was found/);

    const kept = await signedIn('capture', address, '-o', at('labels.zip'), '--keep-labels');
    expect(kept).toMatchObject({ code: 0, stderr: '' });
    const from = await runCommand(['probe', '--from', at('phone.zip'), '--output', 'json']);
    expect(from.code).toBe(0);
    const replayed = JSON.parse(from.stdout) as ProbeReport;
    const names = ({ facts }: ProbeReport): unknown[] => facts.map(({ name, label, page }) => [name, label, page]);
    expect(names(replayed)).toEqual(names(live));
    for (const key of ['result', 'family', 'page', 'form', 'writeMethods', 'missing'] as const)
      expect(replayed[key]).toEqual(live[key]);
    expect(from.stdout + checked.stdout).not.toMatch(new RegExp(`${mac}|zanzibar|Twelve-0-7`, 'i'));
    expect(net.posts().map(({ path }) => path)).toEqual(net.posts().map(() => expect.stringMatching(/login/)));
  });

  it('without its password is told apart from one that is understood', async () => {
    const { address } = net.phone('Zanzibar');
    const probed = await runCommand(['probe', address, ...net.reach]);
    expect(probed).toMatchObject({ code: 1, stdout: expect.stringMatching(/auth-required/) });
  });
});

describe('a page that is not understood', () => {
  const reach = (): string[] => ['--scheme', 'http', '--http-port', String((other.address() as AddressInfo).port)];

  it('asks whether a label is meant, in a probe and in an audit', async () => {
    const probed = await runCommand(['probe', '127.0.0.1', ...reach()]);
    expect(probed.code).toBe(1);
    expect(probed.stdout).toMatch(/"MAC Adresse:?" on \/admin\/advanced: did you mean "MAC Address"\?/);
    const audited = await runCommand(['audit', '--target', '127.0.0.1', ...reach(), '--output', 'json', '--quiet']);
    expect(audited.code).toBe(1);
    expect(audited.stdout).toMatch(/page-unreadable/);
    expect(audited.stdout).toMatch(/did you mean \\"MAC Address\\"/);
  });

  it('is read with labels of one’s own, by every command, once lint finds them good', async () => {
    mkdirSync(at('pages'));
    writeFileSync(
      at('pages/multiplatform.yaml'),
      'productInformation: { labels: { mac: [MAC Adresse] } }\nfirmwareUpgrade: { labels: { upgradeRule: [Upgrade Rulle] } }\n',
    );
    const own = ['--phone-profiles', at('pages')];
    expect(await runCommand(['profiles', 'lint', at('pages')])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/good/),
    });
    const probed = await runCommand(['probe', '127.0.0.1', ...reach(), ...own]);
    expect(probed).toMatchObject({ code: 0, stdout: expect.stringMatching(/\[control 1, "Upgrade Rulle:"\]/) });
    const audited = await runCommand([
      'audit',
      '--target',
      '127.0.0.1',
      ...reach(),
      ...own,
      '--output',
      'json',
      '--quiet',
    ]);
    expect(audited).toMatchObject({ code: 0, stdout: expect.stringMatching(/00CCFC123456/) });
    writeFileSync(at('pages/multiplatform.yaml'), 'productInformation:\n  labels: { macs: [MAC Adresse] }\n');
    for (const command of [
      ['audit', '--target', '127.0.0.1'],
      ['probe', '127.0.0.1'],
      ['capture', '127.0.0.1', '-o', at('x.zip')],
    ])
      expect(await runCommand([...command, ...reach(), ...own])).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/multiplatform\.yaml:2:13: productInformation\.labels\.macs: unknown key/),
      });
    expect(await runCommand(['profiles', 'lint', at('pages')])).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/multiplatform\.yaml:2:13/),
    });
  });
});

describe('what cannot be done', () => {
  it.each<[number, string[], RegExp]>([
    [2, ['probe'], /probe needs the address of a phone/],
    [2, ['probe', '10.0.0.300'], /10\.0\.0\.300/],
    [2, ['probe', '127.0.0.1-9'], /name one phone/],
    [
      2,
      ['probe', '--from', 'x.zip', '--password-env', 'P', '--scheme', 'https'],
      /so --scheme, --password-env do nothing/,
    ],
    [2, ['probe', '127.0.0.1', '--from', 'x.zip'], /an address or --from FILE, not both/],
    [2, ['probe', '--from', 'nowhere.zip'], /nowhere\.zip cannot be read/],
    [2, ['capture', '127.0.0.1'], /capture needs a phone and a file/],
    [2, ['capture', '--check', 'nowhere.zip'], /nowhere\.zip cannot be read: there is no such file; check its name/],
    [2, ['capture', '127.0.0.1', '-o', '/nowhere/x.zip'], /x\.zip cannot be written: its folder does not exist/],
    [2, ['probe', '127.0.0.1', '--ca', '/nowhere.pem'], /--ca/],
    [4, ['probe', '127.66.1.1', '--http-port', '1', '--https-port', '2'], /connect-refused/],
    [
      4,
      ['capture', '127.66.1.1', '-o', 'x.zip', '--http-port', '1', '--https-port', '2'],
      /was not captured; connect-refused/,
    ],
  ])('exit code %d: %j', async (code, args, says) => {
    const ended = await runCommand(args, { cwd: folder.path });
    expect(ended.code).toBe(code);
    expect(ended.stdout + ended.stderr).toMatch(says);
  });
});
