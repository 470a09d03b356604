import { mkdirSync, symlinkSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ownFilesOf, servedFilesProblems } from '../../../src/cli/serving/own-files.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const root = folder.file('phones');
mkdirSync(root);
symlinkSync(root, folder.file('link'));

describe('a file of ours in the folder that is served', () => {
  it.each([
    ['--db', { db: `${root}/fleet.db` }],
    ['--report', { report: ['elsewhere.csv', `${root}/night/report.json`] }],
    ['--log-file', { logFile: `${folder.path}/other/../phones/run.log` }],
    ['--password-file', { passwordFile: `${folder.file('link')}/secret` }],
  ])('%s would be offered to everybody, and is refused', async (option, set) => {
    const files = ownFilesOf({ db: folder.file('fleet.db'), report: [], logFile: null, passwordFile: null, ...set });
    const problems = await servedFilesProblems(root, files);
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${option} .* lies in the folder ${root}, which is`))]);
  });

  it('is one that lies in it: not beside it, not under a name that begins the same, and only if one is served', async () => {
    const beside = [folder.file('fleet.db'), `${root}2/a`, `${root}/../..phones`].map((path) => ({
      option: '-',
      path,
    }));
    expect(await servedFilesProblems(root, beside)).toEqual([]);
    expect(await servedFilesProblems(null, [{ option: '-', path: `${root}/a` }])).toEqual([]);
    expect(await servedFilesProblems(root, [{ option: '-', path: `${root}/..a` }])).toHaveLength(1);
  });
});
