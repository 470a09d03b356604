import { phoneDate } from '../../clock.js';
import { hostileText } from '../../hostile-text.js';
import type { Place } from '../../hostile-text.js';
import type { Device } from '../device.js';
import type { World } from '../world.js';

/** What a device shows at places that are its own to fill; a hostile one shows something else there. */
export interface Shown {
  host: string;
  serial: string;
  hardware: string;
  upgradeStatus: string;
  /** The load it runs, as it spells it. */
  softwareVersion: string;
}

/** The texts as they are before any escaping. */
export function shownBy(device: Device): Shown {
  const { spec, state } = device;
  const { hostileText: kind } = device.behavior;
  const instead = (place: Place, usual: string): string => hostileText(kind, place) || usual;
  return {
    host: instead('host', spec.name),
    serial: instead('serial', spec.serial),
    hardware: instead('hardware', spec.hardware),
    softwareVersion: spelled(state.load, device.behavior.loadSpelling),
    // What a running upgrade shows is kept: it is what a client waits for.
    upgradeStatus: state.upgradeStatus || hostileText(kind, 'status'),
  };
}

function spelled(load: string, spelling: Device['behavior']['loadSpelling']): string {
  if (spelling === 'dashes') return load;
  return spelling === 'dots' ? load.replaceAll('-', '.') : load.replace(/-(?=[^-]*$)/, '.');
}

/** Status rows as the page shows them: some phones write the time of the page into all of them. */
export function shownRows({ behavior }: Device, rows: readonly string[], world: World): string[] {
  if (behavior.rowTimes === 'kept') return [...rows];
  return rows.map((row) => row.replace(/\d{2}\/\d{2}\/\d{4} \d{2}:\d{2}:\d{2}/, phoneDate(world.time.now())));
}
