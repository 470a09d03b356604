import { jest } from '@jest/globals';
import { loadModels } from '../../../../src/config/profiles/models/read.js';
import { loadUnifiedCm } from '../../../../src/config/profiles/unified-cm.js';
import type { Connect } from '../../../../src/cli/commands/ucm/client.js';
import type { Given } from '../../../../src/conduct/options/sources.js';
import type { Ucm } from '../../../../src/ucm/ucm.js';
import { given } from '../../support/arguments.js';

const knowledge = loadUnifiedCm(loadModels());
const password = 'of-the-cluster-1';

/** A command line that names a cluster. */
export function onCluster(words: Record<string, unknown> = {}): Promise<Given> {
  const cluster = { ucm: '127.0.0.1', 'ucm-username': 'migration', 'ucm-password-env': 'UCM_PW' };
  return given({ ...cluster, ...words }, '', { UCM_PW: password, HOME: '/tmp', XDG_STATE_HOME: '/tmp/no-state' });
}

/** Connects to a cluster that is made up, once it was given the right user. */
export function connectTo(ucm: Ucm): Connect {
  return (access, _, use) => {
    if (access.username !== 'migration' || access.password() !== password) throw new Error('not its user');
    return use({ ucm, knowledge });
  };
}

/** How a command ended, and what it wrote. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command of this process and keeps what it writes. */
export async function ended(run: () => Promise<number>): Promise<Ended> {
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    jest.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += String(text);
      return true;
    }),
  );
  try {
    const code = await run();
    return { code, ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
