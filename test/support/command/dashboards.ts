import { afterEach, expect } from '@jest/globals';
import { type CommandOptions, type Running, startCommand } from './command.js';

/** Starts dashboards of a store for a test, and ends them after it. */
export function dashboardsOfTests(
  store: readonly string[],
  env: Readonly<Record<string, string>> = {},
): {
  /** Starts one at a port that is free, or at this one, of this store or another; its address. */
  dashboard: (
    words?: readonly string[],
    port?: number,
    options?: CommandOptions & { of?: readonly string[] },
  ) => Promise<string>;
  /** Those that run, the latest last. */
  running: Running[];
} {
  const running: Running[] = [];
  afterEach(async () => {
    for (const one of running.splice(0)) {
      one.kill('SIGINT');
      expect((await one.done).code).toBe(130);
    }
  });
  const dashboard = async (
    words: readonly string[] = [],
    port = 0,
    { of = store, ...options }: CommandOptions & { of?: readonly string[] } = {},
  ): Promise<string> => {
    const one = startCommand(['dashboard', ...of, '--port', String(port), ...words], { env, ...options });
    running.push(one);
    await one.shows('Ready');
    return (/http:\/\/\S+/.exec(one.stdout)?.[0] ?? '').replace('0.0.0.0', '127.0.0.1');
  };
  return { dashboard, running };
}
