import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { storeMemory } from '../../../src/fleet/memory/store-memory.js';
import type { RunMemory } from '../../../src/fleet/memory/memory.js';
import { openPhoneLocks } from '../../../src/store/locks/phones/open-phone-locks.js';
import type { PhoneLocks } from '../../../src/store/locks/phones/phone-locks.js';
import { useStore } from '../../store/support/open-test-store.js';
import { newRun } from '../../store/support/samples.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { models } from '../support/fleet.js';

describe('claiming a phone', () => {
  const mac = '00CCFC123456';
  const on = useStore();
  let folder: ReturnType<typeof temporaryFolder>;
  let opened: PhoneLocks[];
  const run = async (runId: string): Promise<RunMemory> => {
    const { clock } = on;
    const phoneLocks = await openPhoneLocks({ folder: folder.file('locks'), runId, clock });
    opened.push(phoneLocks);
    await on.store.beginRun(newRun(runId));
    const recorder = on.store.recorder(runId, { onError: () => {} });
    return storeMemory({ recorder, profile: null, models, clock, random: () => 0, phoneLocks, deferrals: new Map() });
  };
  beforeEach(() => {
    folder = temporaryFolder();
    opened = [];
  });
  afterEach(() => {
    for (const locks of opened) {
      try {
        locks.close();
      } catch {
        // Its file is gone.
      }
    }
    folder.remove();
  });

  it('is refused while another run has it, and says which', async () => {
    const [first, second] = [await run('run-1'), await run('run-2')];
    expect([await first.claim(mac), await first.claim(mac)]).toEqual([null, null]);
    expect(await second.claim(mac)).toMatchObject({
      code: 'locked-elsewhere',
      message: expect.stringMatching(/^The run run-1 \(pid \d+ on .*\) has it since /),
    });
    first.release(mac);
    expect(await second.claim(mac)).toBeNull();
    expect(await first.claim(mac)).toMatchObject({ code: 'locked-elsewhere' });
  });

  it('is refused where nobody can tell who has it', async () => {
    const memory = await run('run-1');
    rmSync(folder.file('locks/locks-1.db'));
    expect(await memory.claim(mac)).toMatchObject({
      code: 'lock-unavailable',
      message: 'Its lock could not be taken: it was deleted or replaced, or taken over by another run.',
    });
  });
});
