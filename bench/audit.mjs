// An audit of 750 phones as a user runs it, against downloading the same pages with curl, with undici, and with a usual script.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addressesFrom, cpuInTurn, cpuOf, main, many, median, peakOf, scratch, startSimulator } from './support.mjs';
import { say } from './table.mjs';

const phones = many(750, 8);
const rounds = many(5, 1);
const file = scratch();
const simulator = await startSimulator('--scenario', 'plain', '--phones', String(phones), '--subnet', '127.60.0.0/22');
try {
  const addresses = addressesFrom('127.60.0.0', phones);
  const urls = addresses.map((address) => `http://${address}:${simulator.httpPort}/admin/advanced`);
  writeFileSync(file('phones.csv'), `address\n${addresses.join('\n')}\n`);
  writeFileSync(file('urls'), `${urls.join('\n')}\n`);
  writeFileSync(file('curl'), urls.map((url) => `url = "${url}"\noutput = /dev/null\n`).join(''));
  const audit = (db, ...more) => [
    ...[main, 'audit', '--inventory', file('phones.csv'), '--scheme', 'http', '--http-port', simulator.httpPort],
    ...['--no-config', '--db', file(db), ...more],
  ];
  const node = (args) => [process.execPath, ...args].join(' ');

  const [ours, floor, curl] = await cpuInTurn(
    [
      `rm -f ${file('new.db')}*; ${node(audit('new.db'))}`,
      node([fileURLToPath(new URL('floor.mjs', import.meta.url)), file('urls')]),
      `curl --silent --parallel --parallel-max 64 --config ${file('curl')}`,
    ],
    rounds,
  );
  const per = (whole) => whole / phones;
  const what = `audit of ${phones} phones, CPU a phone`;
  const shared = { what, value: per(ours), unit: 'ms' };
  say({
    ...shared,
    baseline: curl === null ? 'curl: not here' : { what: 'curl --parallel', value: per(curl) },
    goal: { of: 'ratio', most: 10 },
  });
  say({ ...shared, baseline: { what: 'undici Client, nothing parsed', value: per(floor) } });
  const python = await script(urls.slice(0, 100));
  say({
    ...{ ...shared, less: true, goal: { of: 'ratio', least: 100 } },
    baseline: python === null ? 'requests + bs4: not here' : { what: 'requests + bs4, 64 threads', value: python },
  });

  const [again] = await cpuInTurn([node(audit('new.db'))], many(3, 1));
  say({ what: 'the second night', value: per(again), unit: 'ms', baseline: { what: 'the first', value: per(ours) } });
  await cpuOf(node(audit('asked.db', '--report', file('report.json'))));
  const report = JSON.parse(readFileSync(file('report.json'), 'utf8')).phones;
  const sum = (name) => report.reduce((all, phone) => all + phone[name], 0) / report.length;
  say({ what: 'audit, requests a phone', value: sum('requests'), unit: '', goal: { of: 'value', most: 1 } });
  const page = (await (await fetch(urls[0])).text()).length / 1_024;
  say({
    ...{ what: 'audit, read of a phone', value: sum('bytes') / 1_024, unit: 'KB' },
    baseline: { what: 'its whole page', value: page },
  });
  const peaks = [];
  for (let round = 0; round < many(3, 1); round += 1) peaks.push(await peakOf(audit('peak.db')));
  say({
    what: `audit of ${phones} phones, memory`,
    value: median(peaks),
    unit: 'MB',
    goal: { of: 'value', most: 160 },
  });
} finally {
  await simulator.stop();
}

/** CPU of a page (ms) as most people would write it, 64 at once as ours; null where Python or one of the two is not there. */
async function script(some) {
  writeFileSync(file('some'), some.join('\n'));
  writeFileSync(
    file('audit.py'),
    `import requests
from bs4 import BeautifulSoup
from concurrent.futures import ThreadPoolExecutor
def audit(url):
    soup = BeautifulSoup(requests.get(url).text, 'html.parser')
    return [cell.get_text() for cell in soup.find_all('td')]
with ThreadPoolExecutor(64) as pool:
    list(pool.map(audit, open('${file('some')}').read().split()))
`,
  );
  const taken = await cpuOf(`python3 ${file('audit.py')}`);
  return taken && (taken.cpu * 1_000) / some.length;
}
