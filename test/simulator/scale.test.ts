import { afterEach, describe, expect, it } from '@jest/globals';
import type { Simulator } from '../../src/simulator/index.js';
import { builtinScenarios, startSimulator } from '../../src/simulator/index.js';
import { ask } from './support/client.js';

let simulator: Simulator | undefined;
afterEach(() => simulator?.close());

describe('a large fleet', () => {
  it('of 10,000 phones costs a few KB each, and each answers as itself', async () => {
    const before = process.memoryUsage().heapUsed;
    const scenario = builtinScenarios.plain({ subnet: '127.64.0.0/16', seed: 1, phones: 10_000 });
    simulator = await startSimulator(scenario);
    const perPhone = (process.memoryUsage().heapUsed - before) / 10_000;
    expect(perPhone).toBeLessThan(12_000);
    for (const index of [0, 4_999, 9_999]) {
      const phone = simulator.phones[index];
      const page = await ask(simulator.httpPort, phone?.address ?? '', '/admin/advanced');
      expect(page.bytes).toBeGreaterThan(150 * 1024);
      expect(page.body).toContain(phone?.mac ?? 'none');
    }
  });

  it('keeps a bounded log', async () => {
    const scenario = builtinScenarios.plain({ subnet: '127.65.0.0/24', seed: 1, phones: 1 });
    const finished: string[] = [];
    simulator = await startSimulator(scenario, {
      logLimit: 20,
      onRequest: (entry) => finished.push(`${entry.path} ${entry.status}`),
    });
    const address = simulator.phones[0]?.address ?? '';
    for (let index = 0; index < 60; index += 1) await ask(simulator.httpPort, address, `/page${index}`);
    expect(simulator.log.length).toBeLessThanOrEqual(22);
    expect(simulator.phones[0]?.requests.length).toBeLessThanOrEqual(11);
    expect(simulator.log.at(-1)?.path).toBe('/page59');
    expect(finished.slice(0, 2)).toEqual(['/page0 404', '/page1 404']);
  });
});

describe('starting', () => {
  it('rejects when a port is taken, and leaves nothing open', async () => {
    const scenario = builtinScenarios.plain({ subnet: '127.66.0.0/24', seed: 1, phones: 1 });
    simulator = await startSimulator(scenario);
    await expect(startSimulator(scenario, { httpPort: simulator.httpPort })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });

  it('closes with connections still open', async () => {
    const scenario = builtinScenarios.plain({ subnet: '127.67.0.0/24', seed: 1, phones: 1 });
    const running = await startSimulator(scenario);
    const answered = await ask(running.httpPort, '127.67.0.1', '/');
    expect(answered.status).toBe(200);
    await running.close();
    expect((await ask(running.httpPort, '127.67.0.1', '/')).error).toBe('ECONNREFUSED');
  });
});
