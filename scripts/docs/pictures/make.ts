import { hasTerminals } from '../../../test/support/command/terminal.js';
import { hasTmux } from '../../../test/support/command/tmux.js';
import { fileServerSamples } from './file-server.js';
import { nightSamples } from './night.js';
import { screens } from './screens.js';
import { stageColumns } from './stage.js';
import { svgOf } from './svg.js';

/** What is made of one run of everything. */
export interface Made {
  /** Samples of output, by the names that the pages have for them. */
  samples: ReadonlyMap<string, string>;
  /** Pictures as SVG, by their path from the project's folder; `null` on a machine without tmux. */
  pictures: ReadonlyMap<string, string> | null;
}

/**
 * Runs the built command against the simulator, and makes all samples and pictures; side by side, as all of it is waiting.
 * @throws RangeError on a machine without `script` of util-linux
 */
export async function make(): Promise<Made> {
  if (!hasTerminals)
    throw new RangeError('samples are made on a terminal of `script` of util-linux, which is not here');
  const [night, files, shots] = await Promise.all([nightSamples(), fileServerSamples(), hasTmux ? screens() : null]);
  return {
    samples: new Map([...night, ...files]),
    pictures: shots && new Map(shots.map(([name, screen]) => [`docs/images/${name}.svg`, svgOf(screen, stageColumns)])),
  };
}
