import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { manualPage } from '../../../scripts/docs/manual.js';
import { allCommands, recordCommands } from '../../../src/cli/help/command-tree.js';
import { optionTable } from '../../../src/conduct/options/table.js';
import { defineCommands } from '../../../src/cli/program.js';

const page = 'docs/man/fleet-migrate.1';
const has = (program: string, ...words: string[]): boolean => spawnSync(program, words).status === 0;

describe('the manual page', () => {
  it('is installed by npm, which finds it in package.json', () => {
    const { man, files } = JSON.parse(readFileSync('package.json', 'utf8')) as { man: string[]; files: string[] };
    expect(man).toEqual([page]);
    expect(files).toContain('docs');
  });

  it('changes only with the command: it has no date and no version', () => {
    expect(manualPage()).toContain('.TH FLEET-MIGRATE 1 "" "fleet-migrate" "User Commands"');
  });

  it('has every command and every option', () => {
    const text = manualPage().replaceAll('\\-', '-');
    for (const { path, commands } of allCommands(recordCommands(defineCommands)))
      if (path.length > 0 && commands.length === 0) expect(text).toContain(`\n.B ${path.join(' ')}`);
    for (const { name } of optionTable) expect(text).toMatch(new RegExp(`^\\.BI? --${name}\\b`, 'm'));
  });

  // Without them these are skipped; .ci/run installs mandoc, and groff comes with Debian's man.
  (has('groff', '--version') ? it : it.skip)('is read by groff without a warning (skipped without it)', () => {
    const { status, stderr } = spawnSync('groff', ['-man', '-ww', '-z', '-Tutf8', page], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  (has('mandoc', page) ? it : it.skip)('is read by mandoc without a warning (skipped without it)', () => {
    const { stdout } = spawnSync('mandoc', ['-Tlint', '-Wwarning', page], { encoding: 'utf8' });
    // It has no date on purpose.
    expect(stdout.split('\n').filter((line) => line !== '' && !line.includes('missing date'))).toEqual([]);
  });
});
