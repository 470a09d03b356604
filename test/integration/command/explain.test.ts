import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { exitMeanings } from '../../../src/cli/terminal/exit-meanings.js';
import { failureCodes } from '../../../src/domain/failures/failure-codes.js';
import { gradeMeanings } from '../../../src/domain/pacing/grade-meanings.js';
import { verdictMeanings } from '../../../src/cli/commands/explain/verdicts.js';
import { citedRules } from '../../../src/cli/commands/explain/rules.js';
import { phoneStateMeanings } from '../../../src/cli/commands/explain/phone-states.js';
import { runStateMeanings } from '../../../src/cli/commands/explain/run-states.js';
import { shippedModels } from '../../../src/config/profiles/as-shipped.js';
import { outcomes } from '../../../src/domain/progress/outcome.js';
import { runCommand } from '../../support/command/command.js';

/** What `explain` says, on one line. */
async function explained(word: string): Promise<string> {
  const { code, stdout, stderr } = await runCommand(['explain', word]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(78);
  return stdout.replace(/\s+/g, ' ');
}

describe('explain', () => {
  it.each([...outcomes])('knows the outcome %s', async (outcome) => {
    expect(await explained(outcome)).toMatch(new RegExp(`^${outcome} \\(outcome\\) .+ What to do: `));
  });

  it.each(Object.keys(gradeMeanings))('knows the grade of proof %s', async (grade) => {
    expect(await explained(grade)).toContain(`${grade} (grade of proof) `);
  });

  it.each(Object.keys(verdictMeanings))('knows the verdict %s', async (verdict) => {
    expect(await explained(verdict)).toContain(`${verdict} (verdict) `);
  });

  it.each(Object.keys(phoneStateMeanings))('knows the state of a phone %s, as it is shown', async (state) => {
    expect(await explained(state)).toContain(`${state} (state of a phone) `);
  });

  it.each(Object.keys(runStateMeanings))('knows the state of a run %s, as it is shown', async (state) => {
    const text = await explained(state);
    expect(text).toContain(`${state} (state of a run) `);
    expect((await runCommand(['explain', ...state.split(' ')])).stdout.replace(/\s+/g, ' ')).toBe(text);
  });

  it('knows every rule that a reason of an audit may name', async () => {
    const text = JSON.stringify(await shippedModels(), (_, value: unknown) =>
      value instanceof Map ? [...value.values()] : value,
    );
    const rules = new Set([...text.matchAll(/"(?:rule|exceptRule)":"([^"]+)"/g)].map(([, rule = '']) => rule));
    expect(rules.size).toBeGreaterThan(8);
    for (const rule of rules) expect(await explained(rule)).toMatch(new RegExp(`^${rule} \\(rule\\): .{10,} \\(`));
  });

  it('says of a rule what the pages and the data say: no second text can differ', async () => {
    const guide = await explained('g3');
    expect(guide).toBe(
      'G3 (rule): What to collect of each phone The product ID and the MAC always; the hardware version too when going to MPP; the serial number if possible. They decide eligibility and order licenses. (docs/knowledge/migration-guide.md) ',
    );
    expect(await explained('G5')).toContain('E2M, MPP 12.0(3) - 7811, 7821, 7841, 7861: sip78xx.12-0-3MPP0001-87');
    const notice = await explained('fn74296');
    for (const { rule, text } of (await shippedModels()).warnings)
      if (rule === 'FN74296') expect(notice).toContain(text);
  });

  it('takes several words, and those that were written apart', async () => {
    const both = await explained('failed');
    expect((await runCommand(['explain', 'failed', 'exit', '3'])).code).toBe(2);
    expect(await explained('exit 3')).toBe(await explained('3'));
    expect((await runCommand(['explain', 'failed', '3'])).stdout.replace(/\s+/g, ' ')).toBe(
      `${both}${await explained('3')}`,
    );
  });

  it.each(['3', 'wave-not-proven', 'threshold-tripped', 'stopped itself', 'aborted'])(
    'of a run that stopped itself says that its id is needed: %s',
    async (word) => {
      expect(await explained(word)).toContain('resume RUN');
    },
  );

  it.each([...exitMeanings.keys()])('knows the exit code %d, however it is written', async (code) => {
    const text = await explained(String(code));
    expect(text).toMatch(new RegExp(`^exit-${code} \\(exit code\\) .+ What to do: `));
    expect(await explained(`exit-${code}`)).toBe(text);
  });

  it('tells all that a word means where it has several meanings', async () => {
    const text = await explained('silent-after-upgrading');
    expect(text).toContain('silent-after-upgrading (grade of proof)');
    expect(text).toContain('Retries: Seen after a write.');
  });

  it('takes blanks and capitals', async () => {
    expect(await explained(' License-Missing ')).toBe(await explained('license-missing'));
  });

  it('lists all of them without a word', async () => {
    const { stdout } = await runCommand(['explain']);
    const listed = [...stdout.matchAll(/^ {2}([A-Za-z][A-Za-z0-9-]+)(?= )/gm)].map(([, word]) => word);
    const known = [
      ...outcomes,
      ...Object.keys(gradeMeanings),
      ...[...exitMeanings.keys()].map((code) => `exit-${code}`),
      ...Object.keys(verdictMeanings),
      ...[...Object.keys(runStateMeanings), ...Object.keys(phoneStateMeanings)].map((state) => state.replace(' ', '-')),
      ...(await citedRules()).map(({ name }) => name),
    ];
    expect(listed.sort()).toEqual([...known, ...Object.keys(failureCodes)].sort());
  });

  it.each([
    ['licence-missing', 'Did you mean license-missing?'],
    ['timeout', 'Did you mean body-timeout or connect-timeout or response-timeout?'],
    ['unverifed', 'Did you mean unverified?'],
    ['defered', 'Did you mean deferred?'],
    ['provn', 'Did you mean proven?'],
    ['exit-6', 'Exit codes are 0, 1, 2, 3, 4, 5, 70, 129, 130, 143.'],
    ['99', 'Exit codes are 0, 1, 2, '],
    ['G14', 'or exit code. "fleet-migrate'],
    ['elligible', 'Did you mean eligible?'],
    ['\x1b[31mzzz', '"\\x1b[31mzzz" is no failure code'],
    [
      'constructor',
      'is no failure code, outcome, verdict, grade of proof, state of a phone or a run, rule or exit code.',
    ],
    ['__proto__', 'is no failure code'],
    ['x'.repeat(10_000), 'is no failure code'],
  ])('says what may be meant by %.20s', async (word, sentence) => {
    const { code, stdout, stderr } = await runCommand(['explain', word]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^fleet-migrate: [^\n]*"fleet-migrate explain" lists them all\.\n$/);
    expect(stderr).toContain(sentence);
  });
});

describe('docs/reports.md', () => {
  const page = readFileSync('docs/reports.md', 'utf8');

  it('has a row for each outcome and each exit code that is explained', () => {
    for (const outcome of outcomes) expect(page).toContain(`| \`${outcome}\` |`);
    for (const code of exitMeanings.keys())
      expect(page).toMatch(new RegExp(`^\\| (?:\\d+, )*${code}(?:, \\d+)* \\|`, 'm'));
  });
});
