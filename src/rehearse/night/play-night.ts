import { setMaxListeners } from 'node:events';
import type { Log } from '../../domain/ports/log.js';
import type { Models } from '../../domain/phone/models.js';
import type { PhoneReport, RunReport, RunStart } from '../../domain/report/report.js';
import type { RunEvent } from '../../domain/report/events.js';
import type { PhoneStory } from '../../domain/report/story/story.js';
import type { StepName } from '../../domain/plan/plan.js';
import type { RunContext, RunOptions } from '../../fleet/context.js';
import { runFleet } from '../../fleet/run/run-fleet.js';
import { StopControl } from '../../fleet/stop-control.js';
import { targetKey, type PhoneRecord } from '../../fleet/record/phone-record.js';
import type { UcmAtWork } from '../../fleet/unified-cm/ucm-at-work.js';
import type { Preflight } from '../../files/preflight.js';
import type { TargetSource } from '../../inventory/target.js';
import type { Phones } from '../../phones/phones.js';
import type { VirtualClock } from '../virtual-clock.js';
import type { NightMemory } from './memory.js';

/** What one night is played with. */
export interface NightParts {
  summary: RunStart;
  options: RunOptions;
  targets: TargetSource;
  phones: Phones;
  preflight: Preflight;
  ucm: UcmAtWork | null;
  models: Models;
  clock: VirtualClock;
  random: () => number;
  log: Log;
  memory: NightMemory;
  usually: (step: StepName) => number;
  soonest: (step: StepName) => number | null;
  /** Called with what happens, in order. Absent: nobody is told. */
  notify?: (event: RunEvent) => void;
}

/** A night that was played: its report, and when each phone was written to and ended. */
export interface PlayedNight {
  report: RunReport;
  /** In the order of the report; without their moments. */
  phones: PhoneStory<PhoneReport>[];
  /** By address: its site, or else its subnet, whose slots it takes. */
  places: ReadonlyMap<string, string>;
}

/** Plays one night: the runner itself, with the planner itself, over what is modeled. */
export async function playNight(parts: NightParts): Promise<PlayedNight> {
  const { clock, random, summary, memory, notify, ...surroundings } = parts;
  const times = new Map<string, { writtenAt: string | null; endedAt: string | null }>();
  let records: () => readonly PhoneRecord[] = () => [];
  const context: RunContext = {
    ...{ ...surroundings, clock, random },
    memory: memory.ofNight(clock, random),
    notify: (event) => {
      noteTime(event, times);
      notify?.(event);
    },
  };
  const hooks = {
    confirm: () => Promise.resolve(true),
    onProgress: ({ survey }: { survey: { records: readonly PhoneRecord[] } }) => void (records = () => survey.records),
  };
  const stop = new StopControl();
  // As many phones as are looked for at once listen to it.
  setMaxListeners(0, stop.gently, stop.now);
  const report = await clock.until(runFleet(summary, context, stop, hooks));
  const waves = new Map(records().map((record) => [targetKey(record.target), record.wave]));
  const places = new Map(records().map(({ target }) => [targetKey(target), target.hint.site ?? target.scope]));
  const phones = report.phones.map((phone): PhoneStory<PhoneReport> => {
    const { writtenAt = null, endedAt = null } = times.get(phone.address) ?? {};
    const wave = waves.get(phone.address) ?? null;
    return { phone, moments: [], wave: wave === null ? null : wave + 1, writtenAt, endedAt };
  });
  return { report, phones, places };
}

function noteTime(event: RunEvent, times: Map<string, { writtenAt: string | null; endedAt: string | null }>): void {
  if (event.event !== 'intent' && event.event !== 'outcome') return;
  const { writtenAt = null } = times.get(event.address) ?? {};
  times.set(event.address, {
    writtenAt: writtenAt ?? (event.event === 'intent' ? event.at : null),
    endedAt: event.event === 'outcome' ? event.at : null,
  });
}
