import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { buildCapture } from '../../../src/contact/capture/build.js';
import { checkCapture } from '../../../src/contact/capture/check.js';
import { checkInWords } from '../../../src/contact/capture/check-words.js';
import { encounterFrom, fromCapture } from '../../../src/contact/capture/open.js';
import type { Encounter } from '../../../src/contact/meet/encounter.js';
import { describeEncounter } from '../../../src/contact/probe/describe.js';
import { probeInWords } from '../../../src/contact/probe/words.js';
import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import type { DeviceGroup } from '../../../src/simulator/index.js';
import { words } from '../support/disguise.js';
import { type Encounters, profiles, startPhones } from '../support/meet.js';

const load = 'sip88xx.12-0-3MPP0001-87';
const phones: DeviceGroup[] = [
  ...(['legacy', 'bcisco', 'modern', 'fieldset'] as const).map((dialect): DeviceGroup => ({
    name: dialect,
    model: '8841',
    load,
    dialect,
  })),
  { name: 'status file', model: '8841', load, behavior: { adminPage: 'error-500' } },
  { name: 'enterprise xml', model: '8811', load: 'sip88xx.14-2-1-0101-26' },
  {
    name: 'enterprise html',
    model: '7841',
    load: 'sip78xx.14-2-1-0101-26',
    behavior: { enterprisePages: 'html-only', locale: 'de' },
  },
];

const folder = mkdtempSync(join(tmpdir(), 'fleet-migrate-saved-'));
let net: Encounters;
beforeAll(async () => {
  net = await startPhones(phones);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await net.close();
});

function saved(name: string, text: string | Buffer): Promise<Encounter> {
  const path = join(folder, name);
  writeFileSync(path, text);
  return encounterFrom(path, { profiles, clock: systemClock });
}

/** What one page tells: not how it was reached, nor what other pages say. */
function ofOnePage({ look }: Encounter): Partial<PhoneFacts> {
  if (look?.kind !== 'phone') throw new Error(`not a phone: ${JSON.stringify(look)}`);
  const { witnesses: _witnesses, readFrom: _readFrom, settingsProblem: _problem, ...facts } = look.facts;
  return facts;
}

describe('a page saved from a browser', () => {
  it.each(phones.map(({ name = '' }) => name))('tells what the phone tells: %s', async (name) => {
    const live = await net.meet(name);
    const readFrom = live.look?.kind === 'phone' ? live.look.facts.readFrom : '';
    const page = live.readings.find(({ got, asked }) => got?.path === readFrom || asked === readFrom)?.got?.body ?? '';
    expect(ofOnePage(await saved('page.html', page))).toEqual(ofOnePage(live));
  });

  it('that nearly has a label asks whether it is meant', async () => {
    const body = (await net.meet('modern')).readings[0]?.got?.body ?? '';
    const misspelled = body.replace(/Upgrade Rule</g, 'Upgrade Rulle<').replace(/MAC Address/g, 'MAC Adress');
    expect(misspelled).not.toBe(body);
    const report = describeEncounter(await saved('page.html', misspelled), profiles, '0.0.0');
    expect(report.result).not.toBe('phone');
    expect(report.failure?.message).toMatch(/"MAC Adress:?" \(did you mean "MAC Address"\?\)/);
    expect(report.didYouMean).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ meant: 'MAC Address' }),
        expect.objectContaining({ shown: expect.stringMatching(/^Upgrade Rulle/), meant: 'Upgrade Rule' }),
      ]),
    );
    expect(report.knownLabels.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['productName', 'softwareVersion']),
    );
  });

  it('of something else is no phone', async () => {
    const report = describeEncounter(await saved('letter.html', '<title>Dear Sir</title><p>Hello'), profiles, '0.0.0');
    expect(report).toMatchObject({ result: 'not-a-phone', facts: [], missing: [] });
  });

  it.each([
    ['UTF-16', 'fffe', 'utf16le'],
    ['UTF-8 with a mark', 'efbbbf', 'utf8'],
  ] as const)('is read in %s', async (_name, mark, encoding) => {
    const live = await net.meet('modern');
    const body = live.readings[0]?.got?.body ?? '';
    const page = Buffer.concat([Buffer.from(mark, 'hex'), Buffer.from(body, encoding)]);
    expect(ofOnePage(await saved('page.html', page))).toEqual(ofOnePage(live));
  });

  it('that is the status file alone does not say that the admin page failed', async () => {
    const live = await net.meet('status file');
    const xml = live.readings.find(({ asked }) => asked.endsWith('status.xml'))?.got?.body ?? '';
    const text = probeInWords(describeEncounter(await saved('status.xml', xml), profiles, '0.0.0'));
    expect(text).toContain('This is the status file alone; the settings are on the admin page.');
    expect(text).not.toMatch(/\b500\b/);
  });

  it('that is some file in XML does not say that an admin page failed', async () => {
    const xml = '<?xml version="1.0"?><NetworkConfiguration><HostName>x</HostName></NetworkConfiguration>';
    const text = probeInWords(describeEncounter(await saved('nx.xml', xml), profiles, '0.0.0'));
    expect(text).not.toMatch(/\b500\b/);
  });

  it.each([
    ['compressed', gzipSync('<html>'), /compressed file \(gzip\)/],
    ['a web archive', 'MIME-Version: 1.0\n\n<html>', /web archive \(MHTML\)/],
    ['random bytes', Buffer.from('a<\u0000\u0001b'), /neither a page nor a capture/],
    ['a program', 'import os\nprint(1)\n', /neither a page nor a capture/],
  ])('that is %s is refused', async (_what, content, message) => {
    await expect(saved('page.html', content)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(message),
    });
  });

  it('that is empty or missing is refused', async () => {
    await expect(saved('empty.html', ' ')).rejects.toMatchObject({ code: 'usage' });
    await expect(encounterFrom(join(folder, 'none.html'), { profiles, clock: systemClock })).rejects.toMatchObject({
      code: 'usage',
    });
  });
});

describe('a page or a capture that was made to deceive', () => {
  it('cannot move the cursor, forge a line or turn the reading direction', async () => {
    const live = await net.meet('modern');
    const page = (live.readings[0]?.got?.body ?? '')
      .replaceAll('V0', '\u001b[2JV0')
      .replace('<title>', '<title>\u202e\n');
    const { manifest, files } = buildCapture(live, {
      profiles,
      words,
      secret: Buffer.alloc(32, 1),
      version: '\u001b[31m',
    });
    const evil = {
      ...manifest,
      ports: manifest.ports.map((port) => ({ ...port, failure: { code: 'x\n\u001b[2J', message: '\u202e' } })),
    };
    const texts = [
      probeInWords(describeEncounter(await saved('page.html', page), profiles, '0.0.0')),
      probeInWords(
        describeEncounter(
          await fromCapture({ manifest: evil, files }, 'x.zip', { profiles, clock: systemClock }),
          profiles,
          '0.0.0',
        ),
      ),
      checkInWords(checkCapture({ manifest: evil, files }, profiles, words), evil, 'x.zip'),
    ];
    for (const text of texts) expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(texts[1]?.split('\n')).not.toContain('[2J');
  });
});
