import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { exitMeanings } from '../../../src/cli/terminal/exit-meanings.js';
import { failureCodes } from '../../../src/domain/failures/failure-codes.js';
import { gradeMeanings } from '../../../src/domain/pacing/grade-meanings.js';
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
    const listed = [...stdout.matchAll(/^ {2}([a-z][a-z0-9-]+)(?= )/gm)].map(([, word]) => word);
    const known = [
      ...outcomes,
      ...Object.keys(gradeMeanings),
      ...[...exitMeanings.keys()].map((code) => `exit-${code}`),
    ];
    expect(listed.sort()).toEqual([...known, ...Object.keys(failureCodes)].sort());
  });

  it.each([
    ['licence-missing', 'Did you mean license-missing?'],
    ['timeout', 'Did you mean body-timeout or connect-timeout or response-timeout?'],
    ['unverifed', 'Did you mean unverified?'],
    ['defered', 'Did you mean deferred?'],
    ['provn', 'Did you mean proven?'],
    ['exit-6', 'Did you mean exit-0 or exit-1 or exit-2?'],
    ['\x1b[31mzzz', '"\\x1b[31mzzz" is no failure code'],
    ['constructor', 'is no failure code, outcome, grade of proof or exit code.'],
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
