import type { StepName } from '../../../domain/plan/plan.js';
import { stepParts } from '../../../domain/rehearsal/step-parts.js';
import { kindOf } from '../../scenario/scenario.js';
import type { Device } from '../device.js';
import type { World } from '../world.js';
import { loadOf } from './check-load.js';

/** How long a phone spends with each part of what it was told. */
export interface Pace {
  /** Resolves when it looks at what it was told. */
  begun(): Promise<void>;
  /** Resolves when the firmware has come. */
  fetched(): Promise<void>;
  /** Resolves when it is written, or when that is seen to fail. */
  written(): Promise<void>;
  /** How long it is away then, in simulated seconds. */
  restart(): number;
}

/**
 * The pace of a step that begins now.
 * @param url of its load; empty: a license alone
 * @param step absent: by what the phone runs and takes
 */
export function paceOf(device: Device, world: World, url: string, step?: StepName): Pace {
  const load = url === '' ? null : (loadOf(url)?.name ?? null);
  const takes = world.takes?.(device, { step: step ?? stepOf(device, load), model: device.model, load }) ?? null;
  return takes === null ? usualPace(device, world) : tellingPace(device, world, takes, load !== null);
}

function stepOf(device: Device, load: string | null): StepName {
  if (load === null) return 'authorize';
  return kindOf(device.spec, load) === device.kind ? 'upgrade' : 'convert';
}

/** As the scenario's timing says. */
function usualPace(device: Device, world: World): Pace {
  const { evaluate, download, write, reboot, jitter } = world.scenario.timing;
  const varied = (seconds: number): number => seconds * (1 + jitter * (2 * device.random() - 1));
  return {
    begun: () => world.time.sleep(evaluate),
    fetched: () => world.time.sleep(varied(download)),
    written: () => world.time.sleep(varied(write)),
    restart: () => varied(reboot),
  };
}

/** All of it takes so long (simulated ms), however long fetching the files does. */
function tellingPace(device: Device, { time }: World, takes: number, loadsFirmware: boolean): Pace {
  const toldAt = time.now();
  const leftUntil = (part: number): number => Math.max(0, toldAt + part * takes - time.now()) / 1000;
  const until = (part: number): Promise<void> => time.sleep(leftUntil(part));
  return {
    begun: () => until(loadsFirmware ? stepParts.begun : 1),
    fetched: () => until(stepParts.fetched),
    // One that cannot write it tries for as long as it would have been away.
    written: () => until(device.behavior.upgradeResult === 'write-failed' ? 1 : stepParts.restarting),
    restart: () => leftUntil(1),
  };
}
