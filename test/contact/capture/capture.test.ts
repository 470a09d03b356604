import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadHarmlessWords } from '../../../src/config/profiles/harmless-words.js';
import { buildCapture, type Capture } from '../../../src/contact/capture/build.js';
import { checkCapture } from '../../../src/contact/capture/check.js';
import { captureFiles, fromCapture } from '../../../src/contact/capture/open.js';
import type { Encounter } from '../../../src/contact/meet/encounter.js';
import { systemClock } from '../../../src/conduct/system-clock.js';
import type { Look } from '../../../src/phones/phones.js';
import { builtinScenarios, type DeviceGroup } from '../../../src/simulator/index.js';
import { MARKUP } from '../../../src/simulator/behavior/markup.js';
import { runs } from '../../support/depth.js';
import { leaksOf } from '../support/leaks.js';
import { type Encounters, profiles, startPhones, startScenario, withPassword } from '../support/meet.js';

const words = loadHarmlessWords();

function captureOf(encounter: Encounter): Capture {
  return buildCapture(encounter, { profiles, words, secret: Buffer.alloc(32, 7), version: '0.0.0' });
}

function replayed(capture: Capture): Promise<Encounter> {
  return fromCapture(capture, 'phone.zip', { profiles, clock: systemClock });
}

/** Everything in the archive as one text. */
function textOf(capture: Capture): string {
  return [...captureFiles(capture)].flat().join('\n');
}

/** What a look shows, with stand-ins for what is replaced in a capture. */
function disguised(look: Look | null, { disguise }: Capture): unknown {
  if (look?.kind !== 'phone') return look;
  const { mac, serial, settings, authorizationRows, firmwareUpgradeRows, ...facts } = look.facts;
  const rule = (text: string | null): string | null => text && disguise.value(text, 'Upgrade Rule');
  return {
    ...look,
    facts: {
      ...facts,
      mac: mac && disguise.standIns.mac(mac),
      serial: serial && disguise.value(serial, 'Serial Number'),
      settings: settings && {
        ...settings,
        upgradeRule: rule(settings.upgradeRule),
        authorizationRule: rule(settings.authorizationRule),
      },
      authorizationRows: authorizationRows.map(({ text }) => disguise.value(text, 'Transition Authorization Status')),
      firmwareUpgradeRows: firmwareUpgradeRows.map((text) => disguise.value(text, 'Firmware Upgrade Status 1')),
    },
  };
}

/** The same of a look at a capture, in which all of it is replaced already. */
function asRead(look: Look | null): unknown {
  if (look?.kind !== 'phone') return look;
  const { facts } = look;
  return { ...look, facts: { ...facts, authorizationRows: facts.authorizationRows.map(({ text }) => text) } };
}

describe('a capture of each generation and dialect', () => {
  const plain = builtinScenarios['mixed-generations']({ subnet: '127.92.4.0/24', seed: 4, phones: runs(24, 48) });
  const scenario = { ...plain, phones: plain.phones.map((phone, at) => ({ ...phone, name: `Zanzibar ${at}` })) };
  let net: Encounters;
  beforeAll(async () => {
    net = await startScenario(scenario);
  });
  afterAll(() => net.close());

  it.each(
    scenario.phones.map(({ name, load, dialect, behavior }) => [name, load, dialect, behavior.auth, behavior.scheme]),
  )('%s (%s, %s, %s, %s) reads as the phone does, and says nothing about it', async (name) => {
    const spec = scenario.phones.find((one) => one.name === name);
    const { auth = 'open', password = '' } = spec?.behavior ?? {};
    const live = await net.meet(name, { further: true, ...(auth === 'open' ? {} : withPassword(password)) });
    const capture = captureOf(live);
    const again = await replayed(capture);
    expect(asRead(again.look)).toEqual(disguised(live.look, capture));
    expect(again.failure).toEqual(live.failure);
    expect(again.notInFile).toEqual([]);
    const secrets = ['zanzibar', spec?.serial ?? '', ...(auth === 'open' ? [] : [password])];
    expect(leaksOf(net.phone(name), secrets, textOf(capture))).toEqual([]);
    expect(checkCapture(capture, profiles, words).suspicious).toEqual([]);
  });
});

describe('a capture of pages as others write them', () => {
  const load = 'sip88xx.12-0-3MPP0001-87';
  const flags: Record<string, DeviceGroup['behavior']> = {
    entities: { entityLabels: true },
    'upper case': { tagCase: 'upper', attributeQuotes: 'unquoted', endTags: 'unclosed' },
    'no colons': { labelColons: 'without' },
    masked: { passwordsShown: 'masked', charset: 'iso-8859-1' },
    'a license': {
      returnsWithoutLicense: 'WxC',
      previousRows: ['http://files.example.org/$MAU_M2E.lic'],
      staleRule: '{files}/customer/old.loads',
    },
    'a rule with a key': { staleRule: '[--key Tr0ub4dor] http://me:Hunter2@198.18.7.9/Zanzibar/$PSN.loads' },
    'no ids': { jsonIds: 'without' },
    'error page': { adminPage: 'error-500' },
    'flat status': { adminPage: 'error-500', statusXml: 'flat' },
    closed: { auth: 'digest', password: 'Right-One-1' },
    off: { webAdminOff: true },
    referer: { refererRule: 'same-origin-required' },
    'odd form': { oddForm: 'hidden-row' },
    busy: { busy: 'forever' },
    ...Object.fromEntries(
      runs(['help-button', 'details'] as const, MARKUP.others.labelDecoration).map((labelDecoration) => [
        `labels with ${labelDecoration}`,
        { labelDecoration },
      ]),
    ),
    'hostile text': { hostileText: 'all' },
  };
  const groups = Object.entries(flags).flatMap(([name, behavior = {}]): DeviceGroup[] =>
    (name === 'no ids'
      ? (['json'] as const)
      : name.startsWith('labels')
        ? (['legacy', 'bcisco', 'modern', 'fieldset'] as const)
        : runs(['modern'] as const, ['legacy', 'bcisco', 'modern', 'fieldset'] as const)
    ).map((dialect) => ({
      name: `Zanzibar ${name} ${dialect}`,
      model: '8841',
      load,
      dialect,
      behavior,
    })),
  );
  let net: Encounters;
  beforeAll(async () => {
    net = await startPhones(groups);
  });
  afterAll(() => net.close());

  it.each(groups.map(({ name = '' }) => name))('%s', async (name) => {
    const live = await net.meet(name, { further: true });
    const capture = captureOf(live);
    const again = await replayed(capture);
    expect(asRead(again.look)).toEqual(disguised(live.look, capture));
    expect(leaksOf(net.phone(name), ['zanzibar', 'Tr0ub4dor', 'Hunter2', '198.18.7.9'], textOf(capture))).toEqual([]);
    const { suspicious } = checkCapture(capture, profiles, words);
    // A hostile phone writes into its statuses what no status is known to say: a person has to look.
    expect(suspicious.filter(({ why }) => !name.includes('hostile') || !why.startsWith('a word'))).toEqual([]);
  });
});
