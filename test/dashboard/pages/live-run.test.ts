import { expect, it } from '@jest/globals';
import { load } from 'cheerio/slim';
import { render } from 'preact-render-to-string';
import { LiveRun } from '../../../src/dashboard/pages/live-run.js';
import type { State } from '../../../src/domain/progress/state.js';
import type { ToldStanding } from '../../../src/store/told.js';

it('the bar of a run that goes on is read out in the words that stand beside it', () => {
  const states: State[] = ['upgrading', 'waiting', 'waiting', 'deferred', 'done'];
  const phones = states.map((state, at) => ({ key: String(at), address: String(at), state, wave: 0 }));
  const run = { id: 'x', phase: 'migrate', phones, survey: {}, left: null, workedMs: 1_000, pausedSince: null };
  const told = { state: 'running', standing: { run, longest: [], problems: [] } } as unknown as ToldStanding;
  const $ = load(render(LiveRun({ told, controls: null })));
  const label = $('.bar').attr('aria-label');
  expect(label).toBe('1 done, 1 left alone, 1 upgrading, 2 waiting');
  for (const part of label?.split(', ') ?? []) expect($('p').text()).toContain(part);
});
