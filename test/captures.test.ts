import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { systemClock } from '../src/conduct/system-clock.js';
import { loadHarmlessWords } from '../src/config/profiles/harmless-words.js';
import { checkCapture } from '../src/contact/capture/check.js';
import { encounterFrom, openCapture } from '../src/contact/capture/open.js';
import { describeEncounter } from '../src/contact/probe/describe.js';
import type { ProbeReport } from '../src/contact/probe/probe-report.js';
import { enterprise, multiplatform } from './support/pages/phone-profiles.js';

/*
 * Each capture (.zip) and saved page (.html, .xml) in `test/captures` is a test by its name. What it must read as stands beside it in a
 * .yaml file; see docs/first-contact.md#a-capture-as-a-test.
 */
const folder = 'test/captures';
const profiles = { multiplatform, enterprise };
const captures = readdirSync(folder).filter((name) => /\.(?:zip|html?|xml)$/.test(name));

/** What may be expected of a capture: each key only where it is written. */
interface Expected {
  source: string;
  result?: ProbeReport['result'];
  failure?: string | null;
  family?: string | null;
  reader?: string;
  facts?: Record<string, string | string[] | null>;
  settings?: Record<string, string | null>;
  form?: { method?: string; action?: string };
  missing?: string[];
  knownLabels?: string[];
  didYouMean?: Record<string, string>;
}

/** A report in the words of the file beside a capture. */
function inShort(report: ProbeReport): Required<Expected> {
  const entries = <Value>(pairs: [string, Value][]): Record<string, Value> => Object.fromEntries(pairs);
  return {
    source: '',
    result: report.result,
    failure: report.failure?.code ?? null,
    family: report.family?.name ?? null,
    reader: report.page === null ? '' : `${report.page.kind}, ${report.page.reader}`,
    facts: entries(
      report.facts.map(({ name, value }) => [name, typeof value === 'object' && value !== null ? [...value] : value]),
    ),
    settings: entries(report.settings.map(({ setting, value }) => [setting, value])),
    form: report.form ?? {},
    missing: [...report.missing],
    knownLabels: report.knownLabels.map(({ label }) => label),
    didYouMean: entries(report.didYouMean.map(({ shown, meant }) => [shown, meant])),
  };
}

describe('captures in test/captures', () => {
  it.each(captures)('%s', async (name) => {
    const path = join(folder, name);
    const beside = path.replace(/\.\w+$/, '.yaml');
    if (!existsSync(beside)) throw new Error(`${beside} is missing: what must ${name} read as?`);
    const expected = parse(readFileSync(beside, 'utf8')) as Expected;
    const { source, ...rest } = expected;
    expect(source).toEqual(expect.any(String));
    // An expectation of nothing would hold for every page.
    expect(Object.keys(rest)).not.toEqual([]);
    const report = describeEncounter(await encounterFrom(path, { profiles, clock: systemClock }), profiles, '0.0.0');
    expect(inShort(report)).toMatchObject(rest);
    if (name.endsWith('.zip'))
      expect(checkCapture(await openCapture(path), profiles, loadHarmlessWords()).suspicious).toEqual([]);
  });

  it('are there', () => {
    expect(captures).not.toEqual([]);
  });
});
