import { describe, expect, it } from '@jest/globals';
import { nextAfter, nextAfterResume, nextOfEarlier, whereWords } from '../../../src/cli/next/command-words.js';
import type { Given } from '../../../src/conduct/options/sources.js';
import { keptSettings } from '../../../src/conduct/run/kept-settings.js';
import { migrationProfile } from '../../../src/config/profiles/as-shipped.js';
import type { MigrationProfile } from '../../../src/domain/plan/migration-profile.js';
import { commandLine, type CommandWords } from '../../../src/report/summary/commands.js';
import type { Store } from '../../../src/store/store.js';
import type { RunRow } from '../../../src/store/store-rows.js';
import { given } from '../support/arguments.js';

/** A run as the store has it, with what is kept of these words. */
function storedRun(of: Given, profile: MigrationProfile | null, change: Partial<RunRow> = {}): RunRow {
  return {
    ...{ id: '20260131-a', startedAt: '', finishedAt: '', state: 'finished', profile: profile?.name ?? null },
    ...{ version: '0.1.0', pid: 1, host: 'h', settings: keptSettings(of, profile), totals: null },
    ...{ noAnswerByCode: {}, interrupted: null, exitCode: 0, waves: null, progress: null },
    summary: { id: '20260131-a' } as RunRow['summary'],
    ...change,
  };
}

const storeOf = (...runs: Partial<RunRow>[]): Pick<Store, 'runs' | 'sites'> => ({
  runs: () => Promise.resolve(runs.map((run) => ({ summary: {}, ...run })) as RunRow[]),
  sites: () => Promise.resolve([]),
});

describe('the words of the commands after a run', () => {
  const words = { subnet: ['10.0.0.0/24'], profile: 'mpp-to-enterprise', files: 'http://10.0.0.5:6970' };
  const after = async (of: Given, fromRun: string | null = null, store = storeOf()): Promise<CommandWords> => {
    const profile = await migrationProfile('mpp-to-enterprise');
    const { words: next } = await nextAfter(of, of.settings.profile === null ? null : profile, fromRun, store);
    if (next === undefined) throw new RangeError('there are no words');
    return next;
  };
  const again = async (of: Given, fromRun: string | null = null): Promise<string> =>
    commandLine((await after(of, fromRun)).run?.withTargets ?? ['nothing']);
  const others = async (of: Given): Promise<string> =>
    commandLine((await after(of)).run?.withoutTargets ?? ['nothing']);

  it('are those that were typed, with targets and for other ones', async () => {
    const of = await given({ ...words, exclude: ['10.0.0.9'], waves: '1,100%', 'dry-run': true });
    expect(await again(of)).toBe(
      'fleet-migrate --subnet 10.0.0.0/24 --exclude 10.0.0.9 --profile mpp-to-enterprise --files http://10.0.0.5:6970 --waves 1,100%',
    );
    expect(await others(of)).toBe(
      'fleet-migrate --exclude 10.0.0.9 --profile mpp-to-enterprise --files http://10.0.0.5:6970 --waves 1,100%',
    );
  });

  it('leave out what the file and the environment say anyway', async () => {
    const of = await given(
      { subnet: ['10.0.0.0/24'] },
      'profile: mpp-to-enterprise\nfiles: http://10.0.0.5:6970\nexclude: [10.0.0.9]\n',
      { FLEET_MIGRATE_CONCURRENCY: '3' },
    );
    expect(await again(of)).toBe('fleet-migrate --subnet 10.0.0.0/24');
  });

  it('leave out what was the answer of that moment: the question, the dry run, how it was shown', async () => {
    const of = await given({
      ...words,
      ...{ yes: true, 'dry-run': true, 'detailed-exitcode': true, output: 'json', report: ['r.json'], quiet: true },
      ...{ 'log-file': 'l.log', notify: 'https://chat.example.com/hooks/S3cret', keep: '5' },
    });
    expect(await again(of)).toBe(
      'fleet-migrate --subnet 10.0.0.0/24 --profile mpp-to-enterprise --files http://10.0.0.5:6970',
    );
  });

  it('name where a secret is, and never the secret', async () => {
    const secret = 'S3cret-of-the-phones';
    const of = await given({ ...words, 'password-env': 'PHONE_PW', username: 'op', 'try-passwords': true }, '', {
      PHONE_PW: secret,
    });
    expect(await again(of)).toContain('--username op --password-env PHONE_PW --try-passwords');
    expect(JSON.stringify(await after(of))).not.toContain(secret);
    expect(commandLine((await after(of)).resume)).toContain('--username op --password-env PHONE_PW');
  });

  it('are quoted for a shell, and a word that looks like an option stays a word', async () => {
    const of = await given(
      {
        ...words,
        ...{ inventory: ["it's mine $HOME.csv"], column: ['mac=Device Name'], username: '-x', 'password-env': 'PW' },
      },
      '',
      { PW: 'x' },
      { "/work/it's mine $HOME.csv": '' },
    );
    expect(await again(of)).toContain(`--inventory 'it'\\''s mine $HOME.csv' --column "mac=Device Name"`);
    expect(await again(of)).toContain('--username=-x');
  });

  it('say no to a switch as it was typed', async () => {
    expect(await again(await given({ ...words, 'step-up': false }))).toContain(' --no-step-up');
  });

  it('name the earlier run by its id, as the latest is another one by then', async () => {
    const of = await given({ ...words, subnet: undefined, 'from-run': 'latest', only: ['failed'] });
    expect(await again(of, '20260130-b')).toContain('--from-run 20260130-b --only failed ');
    expect(await others(of)).not.toMatch(/--from-run|--only/);
  });

  it('name lists again towards Multiplatform: only they say what hardware it is', async () => {
    const lists = { '/work/vids.csv': '' };
    const column = ['vid=HW'];
    const back = await migrationProfile('enterprise-to-mpp');
    const typed = await given({ ...words, inventory: ['vids.csv'], column }, '', {}, lists);
    const inFile = await given({ files: 'http://10.0.0.5:6970' }, 'inventory: [vids.csv]\n', {}, lists);
    const chosen = async (of: Given): Promise<string> =>
      commandLine((await nextAfter(of, back, null, storeOf())).words?.run?.withoutTargets ?? []);
    expect(await chosen(typed)).toMatch(/--inventory \S*vids.csv --column vid=HW/);
    expect(await chosen(inFile)).toMatch(/--inventory \S*vids.csv/);
    expect(await others(typed)).not.toContain('--inventory');
  });

  it('have the same in one wave where there are waves, wherever from', async () => {
    const inOneWave = async (of: Given): Promise<string> => commandLine((await after(of)).run?.inOneWave ?? ['none']);
    expect(await inOneWave(await given({ ...words, waves: '1,100%', 'pause-after-wave': true }))).toBe(
      'fleet-migrate --profile mpp-to-enterprise --files http://10.0.0.5:6970 --waves 100%',
    );
    expect(await inOneWave(await given(words, 'waves: 1,100%\n'))).toContain(' --waves 100%');
    expect(await inOneWave(await given(words))).toBe('fleet-migrate none');
  });

  it('keep the columns of a list that is excluded: without them other phones might be', async () => {
    const lists = { '/work/keep.csv': '', '/work/phones.csv': '' };
    const column = ['address=Desk IP'];
    const excluding = await given({ ...words, exclude: ['keep.csv'], column }, '', {}, lists);
    expect(await others(excluding)).toContain('--column "address=Desk IP" --exclude keep.csv');
    const inFile = await given({ ...words, inventory: ['phones.csv'], column }, 'exclude: [keep.csv]', {}, lists);
    expect(await others(inFile)).toContain('--column "address=Desk IP"');
    const listed = await given({ ...words, inventory: ['phones.csv'], column, exclude: ['10.0.0.9'] }, '', {}, lists);
    expect(await others(listed)).not.toContain('--column');
  });

  it('compare with another run only where there is one that has ended', async () => {
    const of = await given(words);
    expect((await after(of)).compare).toBeNull();
    expect((await after(of, null, storeOf({ id: 'b', state: 'running' }))).compare).toBeNull();
    expect((await after(of, null, storeOf({ id: 'b', state: 'finished' }))).compare).toEqual([]);
    const declined = { id: 'b', state: 'finished', summary: { declined: true } } as Partial<RunRow>;
    expect((await after(of, null, storeOf(declined))).compare).toBeNull();
  });

  it('know which shipped profile moves a phone after an audit only', async () => {
    const profile = await migrationProfile('mpp-to-enterprise');
    expect((await nextAfter(await given(words), profile, null, storeOf())).profileFor).toBeNull();
    expect(
      (await nextAfter(await given({ subnet: ['10.0.0.0/24'] }), null, null, storeOf())).profileFor,
    ).not.toBeNull();
  });

  describe('of where the store and the settings are', () => {
    const where = async (...of: Parameters<typeof given>): Promise<string[]> => whereWords(await given(...of));

    it('are those of the command line, as they were typed', async () => {
      const config = { '/work/my fleet.yaml': '' };
      expect(await where({ db: 'my fleet.db', config: 'my fleet.yaml' }, '', {}, config)).toEqual([
        ...['--db', 'my fleet.db', '--config', 'my fleet.yaml'],
      ]);
    });

    it('are those of the environment, which the next shell may not have', async () => {
      expect(await where({}, '', { FLEET_MIGRATE_DB: '/d/f.db' })).toEqual(['--db', '/d/f.db']);
    });

    it('are none for the file that is found in the folder, nor for the store that it names', async () => {
      expect(await where({}, 'db: fleet.db\n')).toEqual([]);
    });

    it('say that no file is to be read', async () => {
      expect(await where({ config: false }, 'db: fleet.db\n')).toEqual(['--no-config']);
    });
  });

  describe('of an earlier run', () => {
    const earlier = async (of: Given, from: Given = of, change: Partial<RunRow> = {}): Promise<CommandWords> => {
      const profile = of.settings.profile === null ? null : await migrationProfile(of.settings.profile);
      const run = storedRun(of, profile, change);
      const { words: next } = await nextOfEarlier(from, run, storeOf({ id: run.id, state: 'finished' }));
      if (next === undefined) throw new RangeError('there are no words');
      return next;
    };
    const lineOf = async (...of: Parameters<typeof earlier>): Promise<string> =>
      commandLine((await earlier(...of)).run?.withTargets ?? ['nothing']);

    it('are all that is kept of it, with paths that hold from any folder', async () => {
      const of = await given(
        { ...words, inventory: ['phones.csv'], exclude: ['keep.txt'], yes: true, 'password-env': 'PW' },
        'waves: 1,100%\n',
        { PW: 'S3cret' },
        { '/work/phones.csv': '', '/work/keep.txt': '' },
      );
      expect(await lineOf(of, await given())).toBe(
        'fleet-migrate --subnet 10.0.0.0/24 --inventory /work/phones.csv --exclude /work/keep.txt --profile mpp-to-enterprise --files http://10.0.0.5:6970 --waves 1,100%',
      );
    });

    it('are not known of one of which nothing is kept', async () => {
      expect((await earlier(await given(words), undefined, { settings: null })).run).toBeNull();
    });

    it.each([
      ['a write method that the profile does not allow', 'serveAt: 10.0.0.5:8080\n', '--serve-at'],
      ['a column of lists that it did not have', 'column: [mac=Device Name]\n', '--column'],
      [
        'a certificate rule beside --insecure',
        'insecure: true\nca: [ca.pem]\nallowExpiredMic: true\n',
        '--allow-expired-mic',
      ],
    ])('leave out what did nothing in it, as it would be refused when it is typed: %s', async (_what, file, option) => {
      const of = await given(words, file, {}, { '/work/ca.pem': '' });
      expect(await lineOf(of)).not.toContain(option);
      expect(await lineOf(of)).toContain('--subnet 10.0.0.0/24');
    });

    it('keep what needs a password, which is named anew', async () => {
      const of = await given({ ...words, 'password-env': 'PW', 'try-passwords': true }, '', { PW: 'x' });
      expect(await lineOf(of)).toContain('--try-passwords');
      expect(await lineOf(of)).not.toContain('PW');
    });

    it('are not known where the sites are not described that it was paced by', async () => {
      const file = 'sites:\n  hq:\n    subnets: [10.0.0.0/24]\n    maxUpgrading: 2\n';
      const of = await given({ ...words, subnet: undefined, site: ['hq'] }, file);
      expect(await lineOf(of)).toContain('--site hq');
      expect((await earlier(of, await given({ config: false }))).run).toBeNull();
      expect((await earlier(of, await given({}, file.replace('hq', 'annex')))).run).toBeNull();
      const run = storedRun(of, await migrationProfile('mpp-to-enterprise'));
      const stored = { name: 'hq', site: {}, changedAt: '2026-12-01T00:00:00.000Z' };
      const store = { ...storeOf(), sites: () => Promise.resolve([stored]) };
      const { words: next } = await nextOfEarlier(await given({ config: false }), run, store);
      expect(commandLine(next?.run?.withTargets ?? [])).toContain('--site hq');
    });

    it('have the sign-in of a resume, as it was typed for it', async () => {
      const run = storedRun(await given(words), await migrationProfile('mpp-to-enterprise'));
      const resumed = await given({ 'password-env': 'PW', db: 'f.db' }, '', { PW: 'S3cret' });
      const { words: next } = await nextAfterResume(resumed, run, storeOf());
      expect(next?.resume).toEqual(['--password-env', 'PW']);
      expect(next?.where).toEqual(['--db', 'f.db']);
      expect(commandLine(next?.run?.withTargets ?? [])).toMatch(/--subnet 10\.0\.0\.0\/24 .*--password-env PW$/);
    });

    it('compare it with the last run, if it is not the last itself', async () => {
      const run = storedRun(await given(words), null);
      const compare = async (...ids: string[]): Promise<unknown> =>
        (await nextOfEarlier(await given(), run, storeOf(...ids.map((id) => ({ id, state: 'finished' as const })))))
          .words?.compare;
      expect(await compare(run.id)).toBeNull();
      expect(await compare(run.id, 'b')).toEqual([]);
      expect(await compare('b', run.id)).toEqual([run.id]);
    });
  });
});
