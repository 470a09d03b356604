import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from '../../../test/support/command/temporary-folder.js';
import { hasTerminals } from '../../../test/support/command/terminal.js';
import { hasTmux } from '../../../test/support/command/tmux.js';
import { hasBrowser, shotOf } from './browser-shot.js';
import { shotOfDashboard } from './dashboard.js';
import { fileServerSamples } from './file-server.js';
import { nightSamples } from './night.js';
import { textInPng } from './png-text.js';
import { rehearsalSample } from './rehearsal.js';
import { seenOfRun } from './screens.js';
import { stageColumns } from './stage.js';
import { svgOf, textIn } from './svg.js';

/** What is made of one run of everything. */
export interface Made {
  /** Samples of output, by the names that the pages have for them. */
  samples: ReadonlyMap<string, string>;
  /** Pictures by their path from the project's folder; `null` on a machine without tmux, and of pages none on one without Chromium. */
  pictures: ReadonlyMap<string, Buffer> | null;
}

/**
 * Runs the built command against the simulator, and makes all samples and pictures; side by side, as all of it is waiting.
 * @throws RangeError on a machine without `script` of util-linux
 */
export async function make(): Promise<Made> {
  if (!hasTerminals)
    throw new RangeError('samples are made on a terminal of `script` of util-linux, which is not here');
  const [night, rehearsal, files, pictures] = await Promise.all([
    nightSamples(),
    rehearsalSample(),
    fileServerSamples(),
    hasTmux ? picturesOf() : null,
  ]);
  return {
    samples: new Map([...night, rehearsal, ...files]),
    pictures: pictures && new Map(pictures.map(([name, bytes]) => [`docs/images/${name}`, bytes])),
  };
}

async function picturesOf(): Promise<[name: string, bytes: Buffer][]> {
  const [{ screens, report }, dashboard] = await Promise.all([seenOfRun(), hasBrowser ? shotOfDashboard() : null]);
  const drawn = screens.map(([name, screen]): [string, Buffer] => [
    `${name}.svg`,
    Buffer.from(svgOf(screen, stageColumns)),
  ]);
  if (dashboard === null) return drawn;
  return [...drawn, ['report.png', await shotOfHtml(report)], ['dashboard.png', dashboard]];
}

/** A page opened from a file, as its reader does. */
async function shotOfHtml(html: string): Promise<Buffer> {
  const folder = temporaryFolder();
  try {
    writeFileSync(folder.file('report.html'), html);
    const url = pathToFileURL(folder.file('report.html')).href;
    return await shotOf(url, { ready: '[aria-busy=false]', parts: 'header, main > section', height: 900 });
  } finally {
    folder.remove();
  }
}

/** What a picture shows, as it was when it was made. @throws RangeError for a file that is none of these pictures */
export function textInPicture(path: string, bytes: Buffer): string {
  return path.endsWith('.png') ? textInPng(bytes) : textIn(bytes.toString('utf8'));
}
