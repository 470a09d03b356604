// CPU per audited phone against parsing its whole page, against only downloading it, and against a usual script.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import { cpuOf, measure, say, startSimulator } from './support.mjs';

const phones = 500;
const simulator = await startSimulator('--scenario', 'plain', '--phones', String(phones), '--subnet', '127.60.0.0/23');
try {
  const audit = await measure('./one-run.mjs', {
    subnet: '127.60.0.0/23',
    httpPort: simulator.httpPort,
    warmUp: true,
    probeConcurrency: 64,
  });
  if (audit.byOutcome.audited !== phones)
    throw new Error(`${JSON.stringify(audit.byOutcome)} instead of ${phones} audited`);
  const ours = audit.cpuMs / phones;

  const url = (address) => `http://${address}:${simulator.httpPort}/admin/advanced`;
  const addresses = [];
  for (let third = 0; third < 2; third += 1)
    for (let last = 1; last < 255; last += 1) addresses.push(`127.60.${third}.${last}`);
  const page = await (await fetch(url(addresses[0]))).text();
  const rounds = 20;
  load(page);
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) load(page)('td').text();
  const { user, system } = process.cpuUsage(before);
  const whole = (user + system) / 1_000 / rounds;
  const size = `${Math.round(page.length / 1_024)} KB page`;
  say(
    `audit, CPU per phone (${size})`,
    `${ours.toFixed(2)} ms`,
    `cheerio whole ${whole.toFixed(1)} ms`,
    `${(whole / ours).toFixed(1)}x less`,
    '<= 1.5 ms, >= 15x less',
  );

  const folder = mkdtempSync(join(tmpdir(), 'fleet-migrate-bench-'));
  const list = join(folder, 'urls');
  writeFileSync(
    list,
    addresses
      .slice(0, phones)
      .map((address) => `url = "${url(address)}"\noutput = /dev/null\n`)
      .join(''),
  );
  const curl = await cpuOf(`curl --silent --parallel --parallel-max 64 --config ${list}`);
  if (curl) {
    const per = (curl.cpu * 1_000) / phones;
    say(
      'the same',
      `${ours.toFixed(2)} ms`,
      `curl --parallel ${per.toFixed(2)} ms`,
      `${(ours / per).toFixed(1)}x`,
      '<= 10x',
    );
  } else say('the same', `${ours.toFixed(2)} ms`, 'curl: not here', '-', '<= 10x');

  const script = join(folder, 'audit.py');
  writeFileSync(
    script,
    `import requests, sys\nfrom bs4 import BeautifulSoup\nfor url in open('${join(folder, 'plain')}').read().split():\n    soup = BeautifulSoup(requests.get(url).text, 'html.parser')\n    [cell.get_text() for cell in soup.find_all('td')]\n`,
  );
  const some = 20;
  writeFileSync(join(folder, 'plain'), addresses.slice(0, some).map(url).join('\n'));
  const python = await cpuOf(`python3 ${script}`);
  if (python) {
    const per = (python.cpu * 1_000) / some;
    say(
      'the same',
      `${ours.toFixed(2)} ms`,
      `requests+bs4 ${per.toFixed(0)} ms`,
      `${(per / ours).toFixed(0)}x less`,
      '>= 100x less',
    );
  } else say('the same', `${ours.toFixed(2)} ms`, 'requests+bs4: not here', '-', '>= 100x less');
} finally {
  await simulator.stop();
}
