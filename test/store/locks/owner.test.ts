import { describe, expect, it } from '@jest/globals';
import { startTime, systemProcesses, thisProcess } from '../../../src/store/locks/owner.js';

describe('processes', () => {
  it('have their start in field 22 of their stat line, whatever their name', () => {
    const rest = 'S 1 4242 4242 0 -1 4194560 1017 0 0 0 3 4 0 0 20 0 1 0 7654321 2297856 192';
    expect(startTime(`4242 (node) ${rest}`)).toBe('7654321');
    expect(startTime(`4242 (a) b (c) 1 2) ${rest}`)).toBe('7654321');
    expect(startTime('4242 (node) S 1')).toBeNull();
    expect(startTime('')).toBeNull();
  });

  it('of this machine are alive or not', () => {
    expect(systemProcesses.isAlive(process.pid)).toBe(true);
    expect(systemProcesses.isAlive(process.ppid)).toBe(true);
    // The highest number that Linux ever gives is a little over four million.
    expect(systemProcesses.isAlive(99_999_999)).toBe(false);
    expect(systemProcesses.startOf(99_999_999)).toBeNull();
  });

  it('are this one', () => {
    const owner = thisProcess();
    expect(owner).toEqual({
      pid: process.pid,
      host: expect.stringMatching(/./),
      processStart: systemProcesses.startOf(process.pid),
      pidSpace: expect.any(String),
      timeSpace: process.platform === 'linux' ? expect.any(String) : null,
    });
    if (process.platform !== 'linux') return;
    expect(owner.processStart).toMatch(/^[0-9a-f-]{36}\/\d+$/);
    expect(owner.pidSpace).toMatch(/^[0-9a-f-]{36}\/pid:\[\d+\]$/);
    expect(owner.timeSpace).toMatch(/^[0-9a-f-]{36}\/time(?::\[\d+\])?$/);
  });

  it('have a clock that goes on by itself and that nobody sets', async () => {
    const before = systemProcesses.sinceBoot();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const passed = systemProcesses.sinceBoot() - before;
    expect(passed).toBeGreaterThanOrEqual(19);
  });
});
