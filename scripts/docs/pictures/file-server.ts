import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { makeLicense } from '../../../src/simulator/files/licenses.js';
import { imagesOf, makeImage, makeLoads } from '../../../src/simulator/files/loads.js';
import { openStore } from '../../../src/store/open-store.js';
import { get } from '../../../test/serve/support/served.js';
import { storeRun } from '../../../test/store/support/samples.js';
import { type Running } from '../../../test/support/command/command.js';
import { cut, shown } from './cut.js';
import { freePorts } from './ports.js';
import { openStage, type Stage } from './stage.js';

/** Addresses of this machine that stand for those of the pages: the server, a phone, and another client. */
const here = { '127.20.9.5': '10.0.0.5', '127.20.9.7': '10.0.0.7', '127.20.9.9': '10.0.0.9' } as const;
const [server, desk, stranger] = Object.keys(here) as [string, string, string];
const mac = '00CCFC123456';
/** Further Enterprise phones that an audit has read: two that may be converted, and one whose license nobody holds. */
const listed = ['00CCFC123457', '00CCFC123458'];
const unlicensed = '00CCFC123459';
const userAgent = `Cisco-CP-8841-3PCC/11.0 (${mac.toLowerCase()})`;
const load = 'sip88xx.14-2-1-0101-26';
const mppLoad = 'sip88xx.12-0-3MPP0001-87';
/** As large as a real one. */
const rootfsBytes = 61_000_000;

/** The samples of docs/file-server.md and docs/without-unified-cm.md: files in a folder, licenses in a store, and who fetches them. */
export async function fileServerSamples(): Promise<[name: string, text: string][]> {
  const stage = await openStage();
  try {
    const root = join(stage.folder, 'phones');
    mkdirSync(root);
    for (const name of [load, mppLoad]) {
      writeFileSync(join(root, `${name}.loads`), makeLoads(`${name}.loads`, imagesOf(name)));
      for (const image of imagesOf(name)) writeFileSync(join(root, image), makeImage(image));
    }
    for (const one of ['1', '2', '3', '4', '5', '6'].map((nth) => `00CCFC30000${nth}`))
      writeFileSync(join(root, `${one}_M2E.lic`), makeLicense(one, 'm2e'));
    await holdLicenses(stage);
    const during = await duringMigration(stage, root);
    const convert = await converting(stage, root);
    writeFileSync(join(root, `rootfs88xx.14-2-1-0101-26.sbn`), Buffer.alloc(rootfsBytes));
    return [...during, ...convert, ['serve', await serving(stage, root)]];
  } finally {
    await stage.close();
  }
}

async function serving(stage: Stage, root: string): Promise<string> {
  const ports = await freePorts(2);
  const running = stage.start(['serve', root, '--db', store(stage), '--address', server, ...portWords(ports)]);
  await running.shows('Ready');
  const fetched: [file: string, from: string, shows: string, known: boolean][] = [
    [`${load}.loads`, desk, '.loads ', true],
    [`rootfs88xx.14-2-1-0101-26.sbn`, desk, '61 of 61 MB', true],
    [`${mac}_M2E.lic`, desk, '.lic ', true],
    ['sip88xx.14-2-1-0101-27.loads', stranger, 'refused', false],
  ];
  for (const [file, from, shows, known] of fetched) {
    const headers = known ? { 'User-Agent': userAgent } : {};
    await get(`http://${server}:${ports[0] ?? 0}/${file}`, { from, headers });
    await running.shows(shows);
  }
  return shown('fleet-migrate serve /srv/phones', asInPages(stage, await stopped(running), root, ports));
}

/** What `--serve` says before a migration, and what its evidence says of the files that a phone has taken. */
async function duringMigration(stage: Stage, root: string): Promise<[string, string][]> {
  const [port = 0] = await freePorts(1);
  const config = join(stage.folder, 'serve.yaml');
  // Phones are told our server, and all go at once.
  const job = readFileSync(join(stage.folder, 'fleet-migrate.yaml'), 'utf8');
  writeFileSync(config, job.replaceAll(/^(?:files|waves|subnet): .*$/gm, ''));
  const words = ['--serve', root, '--serve-at', server, '--serve-http-port', String(port), '--db', store(stage)];
  const running = stage.start([...words, '--config', config, '--target', '127.20.7.3', '--yes', '--output', 'json']);
  const { stdout, stderr } = await running.done;
  const { phones } = JSON.parse(stdout) as { phones: { evidence: { kind: string; text: string }[] }[] };
  const taken = phones.flatMap(({ evidence }) => evidence.filter(({ kind }) => kind === 'transfer'));
  const told = asInPages(stage, stderr, root, [port]);
  return [
    [
      'serve-during',
      shown(
        'fleet-migrate --subnet 10.0.0.0/24 --profile mpp-to-enterprise --serve /srv/phones',
        cut(told, /^\/srv\/phones has/, /^(?!\/srv|\d+ licenses|Serving|Phones are told)/),
      ),
    ],
    ['taken', taken[0]?.text ?? ''],
  ];
}

/** Who is on the list of a conversion, and a phone that has an ITL file and asks for settings that its Unified CM has signed. */
async function converting(stage: Stage, root: string): Promise<[string, string][]> {
  const ports = await freePorts(2);
  const run = '20261128201400-5b0c1d';
  const kept = await openStore({ path: store(stage), clock: systemClock });
  await storeRun(
    kept,
    run,
    [mac, ...listed, unlicensed].map((one, nth) => ({
      ...{ address: `10.0.0.${String(7 + nth)}`, mac: one, family: 'enterprise', vid: 'V15', vidSource: 'udi' },
      ...{ model: '8841', productId: 'CP-8841', softwareVersion: load, hardwareVersion: null },
      ...{ transitionAuthorizationType: null, returnWithoutLicense: 'unknown' },
    })),
  );
  await kept.close();
  const words = ['--convert', 'e2m', '--from-run', run, '--db', store(stage), '--address', server];
  const running = stage.start(['serve', root, ...words, ...portWords(ports)]);
  await running.shows('Ready');
  await get(`http://${server}:${ports[0] ?? 0}/SEP${mac}.cnf.xml.sgn`, { from: desk });
  await running.shows('refused');
  const told = asInPages(stage, await stopped(running), root, ports);
  const command = 'fleet-migrate serve /srv/phones --convert e2m --allow 10.0.0.0/24';
  return [
    ['convert', shown(command, cut(told, /^\/srv\/phones has/, /^Ready/), '…')],
    ['refused-settings', cut(told, /refused/)],
  ];
}

/** So many licenses of either direction as the page tells, and those of the phones that fetch one here. */
async function holdLicenses(stage: Stage): Promise<void> {
  const others = Array.from({ length: 115 }, (_, nth) => `00CCFC2${nth.toString(16).padStart(5, '0').toUpperCase()}`);
  const m2e = [mac, '00CCFC07A003', ...others].map((one) => [one, 'm2e'] as const);
  const kept = await openStore({ path: store(stage), clock: systemClock });
  await kept.keepLicenses(
    [...m2e, ...[mac, ...listed].map((one) => [one, 'e2m'] as const)].map(([one, direction]) => {
      const content = makeLicense(one, direction);
      const about = { file: `${one}.lic`, sha256: '0'.repeat(64), bytes: content.length, source: 'portal.zip' };
      return { ...about, mac: one, direction, content, importedAt: '2026-01-15T01:00:00.000Z' };
    }),
  );
  await kept.close();
}

function store(stage: Stage): string {
  return join(stage.folder, 'licenses.db');
}

function portWords([http = 0, tftp = 0]: readonly number[]): string[] {
  return ['--http-port', String(http), '--tftp-port', String(tftp)];
}

async function stopped(running: Running): Promise<string> {
  const before = running.stdout;
  running.kill('SIGINT');
  await running.done;
  return before;
}

/** With the addresses, ports and folders that the pages speak of. */
function asInPages(stage: Stage, text: string, root: string, [http = 0, tftp = 0]: readonly number[]): string {
  const replaced = Object.entries(here).reduce((told, [own, paged]) => told.replaceAll(own, paged), text);
  return stage
    .told(
      replaced
        .replaceAll(root, '/srv/phones')
        .replaceAll(store(stage), '/home/me/.local/state/fleet-migrate/fleet-migrate.db')
        .replaceAll(`tftp://10.0.0.5:${tftp}`, 'tftp://10.0.0.5')
        .replaceAll(String(http), '6970'),
    )
    .trimEnd();
}
