import { existsSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readStore, withStore } from '../../../src/conduct/options/store-option.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

describe('a command that only reads the store', () => {
  it('refuses a path that names none, and makes neither store nor folder there', async () => {
    const db = folder.file('mistyped/fleet.sqlite');
    const reading = readStore({ db }, (store) => store.runs({ limit: 1 }));
    await expect(reading).rejects.toThrow(`--db ${db}: there is no such store; a run makes one. Check the path.`);
    expect(existsSync(folder.file('mistyped'))).toBe(false);
  });

  it('repeats no path so that a terminal would obey it: a configuration file may name it', async () => {
    const reading = readStore({ db: folder.file('\u001b[2J.sqlite') }, (store) => store.runs({ limit: 1 }));
    await expect(reading).rejects.toThrow(/^--db [^\u001b]*\\x1b\[2J\.sqlite: there is no such store/);
  });

  it('leaves what cannot be looked at to the store, which says what is wrong: not seen is not missing', async () => {
    writeFileSync(folder.file('text'), 'no folder');
    const reading = readStore({ db: folder.file('text/fleet.sqlite') }, (store) => store.runs({ limit: 1 }));
    await expect(reading).rejects.toThrow(/^(?!.*there is no such store).*text/);
  });

  it('reads one that is there', async () => {
    const db = folder.file('fleet.sqlite');
    await withStore({ db }, () => Promise.resolve());
    expect(await readStore({ db }, (store) => store.runs({ limit: 1 }))).toEqual([]);
  });
});
