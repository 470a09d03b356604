import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemIo } from '../../src/inventory/io.js';
import { systemClock } from '../../src/conduct/system-clock.js';
import { addressesOf, usageErrorOf } from './support.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inventory-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('files and names of this machine', () => {
  it('are read from disk', async () => {
    const path = join(folder, 'phones.csv');
    await writeFile(path, 'address\n127.0.0.5\n');
    expect(await addressesOf({ inventories: [path], targets: ['localhost'] }, systemIo(systemClock))).toEqual([
      '127.0.0.5',
      '127.0.0.1',
    ]);
  });

  it('that do not exist are usage errors', async () => {
    const missing = join(folder, 'missing.json');
    expect(await usageErrorOf({ inventories: [missing] }, systemIo(systemClock))).toContain('there is no such file');
    await writeFile(join(folder, 'empty.csv'), '');
    expect(await usageErrorOf({ inventories: [join(folder, 'empty.csv')] }, systemIo(systemClock))).toContain(
      'the file is empty',
    );
  });
});
