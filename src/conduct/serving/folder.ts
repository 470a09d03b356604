import type { Direction, Models } from '../../domain/phone/models.js';
import { messageOf } from '../../domain/text/error-reason.js';
import { printable } from '../../domain/text/printable.js';
import { otherDirectionThan } from '../../domain/licenses/file-name.js';
import { licenseProblem, textOf } from '../../files/licenses/license-content.js';
import { parseLoads } from '../../files/firmware/loads.js';
import type { Folder } from '../../serve/folder/folder.js';
import { lookOver } from '../../serve/folder/overview.js';
import { overviewLines } from '../../serve/folder/overview-text.js';
import { heldLicenses } from '../../serve/licenses/held.js';
import { otherSpelling } from '../../serve/licenses/other-spelling.js';
import { type ContentProblem, judgedLicenses } from '../../serve/licenses/judged.js';
import type { ServeOptions } from '../../serve/server.js';
import type { FileSource } from '../../serve/source.js';
import type { Store } from '../../store/store.js';
import { systemClock } from '../system-clock.js';

/** Transfers older than this are forgotten (ms). */
const keptMs = 90 * 24 * 3_600_000;
/** HTTP connections and TFTP transfers at once, if as many files may be open. */
const most = { mostConnections: 1_000, mostTransfers: 500 };
/** Open files for everything else. */
const otherFiles = 200;
/** With however few files. */
const leastPairs = 8;

/**
 * The folder's files under their exact names come first, then licenses that are held, then licenses of the folder in another spelling.
 * @param direction of licenses whose name does not say it: of those held, where both are; a file that is held for the other one is refused
 */
export function sourcesOf(
  folder: Folder,
  { licenseFiles }: Pick<Store, 'licenseFiles'>,
  direction: Direction | null,
  models: Models,
): FileSource[] {
  const whyNoLicense = whyNoLicenseBy(models);
  return [
    judgedLicenses(folder, licenseFiles, whyNoLicense, direction),
    heldLicenses(licenseFiles, direction),
    judgedLicenses(otherSpelling(folder), licenseFiles, whyNoLicense, direction),
  ];
}

/**
 * What fits within the limit of open files: each connection and each transfer has a file beside it.
 * @param limit `null`: not known
 */
export function fittingServer(limit: number | null): typeof most {
  const pairs = limit === null ? Infinity : Math.max(leastPairs, (limit - otherFiles) / 2);
  return {
    mostConnections: Math.min(most.mostConnections, Math.floor((pairs * 2) / 3)),
    mostTransfers: Math.min(most.mostTransfers, Math.floor(pairs / 3)),
  };
}

/** What a folder and the store have for phones, and what is missing: a line each. */
export async function offeredLines(
  root: string,
  folder: Folder,
  store: Pick<Store, 'licenses' | 'path'>,
): Promise<string[]> {
  const overview = overviewLines(root, await lookOver(root, { folder, readLoads: parseLoads }));
  const held = (await store.licenses()).length;
  return [...overview, `${held} license${held === 1 ? ' is' : 's are'} held in ${printable(store.path)}.`];
}

/** Forgets transfers of long ago, and ends those that a killed server left under way. Failing to do so keeps nothing from being served. */
export async function tidyTransfers(
  store: Pick<Store, 'forgetTransfers' | 'endCutOffTransfers'>,
  say: ServeOptions['say'],
): Promise<void> {
  try {
    await store.forgetTransfers(new Date(systemClock.now() - keptMs).toISOString());
    const cutOff = await store.endCutOffTransfers();
    if (cutOff > 0)
      say(`Of an earlier server that was killed ${cutOff} transfer${cutOff === 1 ? ' was' : 's were'} cut off.`);
  } catch (error) {
    say(`Earlier transfers could not be tidied up (${messageOf(error)}); serving goes on.`, true);
  }
}

/** What a migration would refuse as a license is not served as one. */
function whyNoLicenseBy(models: Models): ContentProblem {
  return (content, mac, direction) => {
    const problem = licenseProblem(content, mac);
    const other = otherDirectionThan(direction, models)(textOf(content));
    if (problem?.kind === 'other-phone') return `it names ${problem.named}`;
    if (problem !== null) return problem.kind === 'empty' ? problem.text : `it is ${problem.text}`;
    return other === null || other === 'both' ? null : `it says that it is for ${other}`;
  };
}
