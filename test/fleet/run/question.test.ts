import { describe, expect, it } from '@jest/globals';
import { parseWaves } from '../../../src/domain/pacing/waves.js';
import type { Question } from '../../../src/fleet/run/question.js';
import { Actor } from '../support/actor.js';
import { bench, mac } from '../support/fleet.js';
import { unpaced } from '../../../src/fleet/pacing/pacing.js';

/** The question of a run over so many phones that can move, and a printer. */
async function asked(phones: number, waves: string | null): Promise<{ question: Question; sizes: number[] }> {
  const run = bench({ options: { pacing: { ...unpaced, waves: waves === null ? null : parseWaves(waves) } } });
  for (let n = 1; n <= phones; n += 1)
    new Actor(run.clock, run.network, `10.0.0.${n}`, { mac: mac(n) }, { upgradeMs: 60_000 });
  let question: Question | null = null;
  let frozen: Record<string, number> = {};
  run.context.memory.freezeWaves = async (all) => void (frozen = { ...all });
  await run.go({
    confirm: async (one) => {
      question = one;
      return true;
    },
  });
  const sizes = new Map<number, number>();
  for (const wave of Object.values(frozen)) sizes.set(wave, (sizes.get(wave) ?? 0) + 1);
  return { question: question!, sizes: [...sizes].sort(([a], [b]) => a - b).map(([, size]) => size) };
}

describe('the question of a run', () => {
  it.each(['1,10%,100%', '1,2,3', '100%'])('foretells the waves as they are drawn: %s', async (waves) => {
    const { question, sizes } = await asked(20, waves);
    expect(question.phones).toHaveLength(20);
    expect(question.waves).toEqual(sizes);
  });

  it('has one wave where there are none', async () => {
    expect((await asked(5, null)).question).toMatchObject({ waves: [5], stay: [], underWay: 0 });
  });
});
