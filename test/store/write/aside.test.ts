import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Aside, leftAside } from '../../../src/store/write/aside.js';
import { jobForm } from '../../../src/store/work.js';

describe('what a worker has left aside', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aside-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const job = { run: 'run-1', key: 'k', kind: 'move', site: 'north', form: jobForm } as const;
  const taken = { id: '5f0c9d1e-7c1b-4d5e-9d0a-0123456789ab', job, fence: 2 };
  const other = { ...taken, fence: 3 };

  it('is found by the next one, and other files in the folder are left alone', () => {
    for (const name of ['notes.json', '1-x.json', 'package.json']) writeFileSync(join(folder, name), '{}');
    const operation = { kind: 'progress', progress: '{}' } as const;
    new Aside(folder).keep([
      { operation, ofIntent: false, job: taken },
      { operation, ofIntent: false, job: other },
      { operation, ofIntent: false, job: taken },
    ]);
    const found = leftAside(folder, { isAlive: () => false });
    expect(found.map(({ left }) => left)).toEqual([
      [
        { taken, operations: [operation, operation] },
        { taken: other, operations: [operation] },
      ],
    ]);
    found[0]?.clear();
    expect(leftAside(folder, { isAlive: () => false })).toEqual([]);
  });

  it('of one that is still there stays', () => {
    writeFileSync(join(folder, `1-${taken.id}.json`), '{}');
    expect(leftAside(folder, { isAlive: () => true })).toEqual([]);
  });
});
