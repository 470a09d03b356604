import { imagesFit } from '../domain/firmware/images.js';
import type { OtherDirection } from '../domain/licenses/file-name.js';
import { loadName } from '../domain/firmware/load.js';
import type { DownloadOptions } from './servers/download.js';
import type { FileCheck, FileFailureCode } from './file-check.js';
import { Turns } from './servers/turns.js';
import { fileNameOf, type FileUrl, readFileUrl } from './servers/file-url.js';
import { type Trouble, Troubles } from './troubles.js';
import { Findings } from './findings.js';
import { findImage, type ImageFinding } from './firmware/image.js';
import { findFirmware, type FirmwareFinding } from './firmware/firmware.js';
import { checkLicense } from './licenses/license.js';
import type { LoadsFile } from './firmware/loads.js';

/** Fetches the files of a plan before any phone is told to. One per run: each URL is asked once, until `anew`. */
export interface Preflight {
  /**
   * Checks a load: the `.loads` file exists and is readable, carries the expected name, and all its images are beside it. Its signature is
   * not verified: only phones hold the keys.
   * @param url http, https or tftp, macros expanded
   * @param expectedLoad e.g. `sip88xx.14-2-1-0101-26`, with or without `.loads`
   * @param maxAgeMs how long ago the load and its images may have been asked for; by default for as long as results are kept
   */
  firmware(url: string, expectedLoad: string, maxAgeMs?: number): Promise<FileCheck>;
  /**
   * Checks one phone's license. How many run at once is up to the caller.
   * @param mac 12 hexadecimal digits
   * @param maxAgeMs as above
   */
  license(url: string, mac: string, maxAgeMs?: number): Promise<FileCheck>;
  /** Forgets what was asked at least so long ago (ms), so that it is asked anew when it is needed next; 0: everything. */
  anew(ageMs: number): void;
}

/** Results that may differ the next time. */
const transient: ReadonlySet<FileFailureCode> = new Set([
  'files-unreachable',
  'local-resources',
  'local-refused',
] as const);

/** Files asked for over TFTP at once: a server has a transfer for each, and few to spare. */
const tftpAtOnce = 8;

/**
 * Creates the preflight of one run. Neither check ever rejects.
 * @param loadFamilies those that are known, to tell by their names whose images a load lists; none: nothing is told of it
 * @param otherDirection tells of a license's content that it is for the other direction
 */
export function createPreflight(
  given: DownloadOptions,
  loadFamilies: readonly string[] = [],
  otherDirection: OtherDirection = () => null,
): Preflight {
  const options = { tftpTurns: new Turns(tftpAtOnce), ...given };
  const { clock } = options;
  const loads = new Findings<FirmwareFinding>({
    clock,
    isTransient: (found) => found.kind === 'problem' && transient.has(found.code),
  });
  const images = new Findings<ImageFinding>({ clock, isTransient: ({ kind }) => kind === 'unknown' });
  const licenses = new Findings<FileCheck>({ clock, isTransient: (check) => !check.ok && transient.has(check.code) });
  const troubles = new Troubles(clock);

  const findImageOnce = (image: URL, maxAgeMs?: number): Promise<ImageFinding> =>
    images.get(image.href, () => findImage(image, options), maxAgeMs);

  /** Asks, and notes whether the server was in trouble. */
  const noting = async <Result>(
    url: string,
    ask: () => Promise<Result>,
    troubleOf: (result: Result) => Trouble | null,
  ): Promise<Result> => {
    const askedAt = clock.monotonic();
    const result = await ask();
    troubles.heard(url, troubleOf(result), askedAt);
    return result;
  };

  return {
    firmware: async (text, expectedLoad, maxAgeMs) => {
      const file = readFileUrl(text);
      const { shown } = file;
      if (!file.ok) return { ok: false, url: shown, code: file.code, message: file.message, warnings: [] };
      const { href } = file.url;
      const refused = loads.knows(href, maxAgeMs) ? null : troubles.justRefused(shown);
      if (refused) return refused;
      const find = (): Promise<FirmwareFinding> =>
        findFirmware(file.url, shown, options, (image) => findImageOnce(image, maxAgeMs));
      const ask = (): Promise<FirmwareFinding> =>
        noting(shown, find, (found) => (found.kind === 'problem' && transient.has(found.code) ? found : null));
      const finding = await loads.get(href, ask, maxAgeMs);
      return troubles.timed(judge(file, expectedLoad, finding, loadFamilies));
    },
    license: async (text, mac, maxAgeMs) => {
      const { shown } = readFileUrl(text);
      const key = `${mac} ${text}`;
      const refused = licenses.knows(key, maxAgeMs) ? null : troubles.justRefused(shown);
      if (refused) return refused;
      const find = (): Promise<FileCheck> => checkLicense(text, mac, options, otherDirection);
      const ask = (): Promise<FileCheck> =>
        noting(shown, find, (found) =>
          found.ok || !transient.has(found.code) ? null : { ...found, noResponse: found.noResponse ?? false },
        );
      return troubles.timed(await licenses.get(key, ask, maxAgeMs));
    },
    anew: (ageMs) => [loads, images, licenses].forEach((findings) => findings.forget(ageMs)),
  };
}

/** Compares a finding with the load that is wanted. A wrong load is worse than a missing image, so it is reported first. */
function judge(
  file: Extract<FileUrl, { ok: true }>,
  expectedLoad: string,
  finding: FirmwareFinding,
  loadFamilies: readonly string[],
): FileCheck {
  const url = file.shown;
  const warnings = [...finding.warnings];
  const loads = finding.kind === 'found' ? finding.loads : finding.listed;
  const wrongName = loads === null ? null : nameProblem(loads, loadName(fileNameOf(file.url)), loadName(expectedLoad));

  if (wrongName !== null) {
    const message = `${url} ${wrongName}.`;
    return { ok: false, url, code: 'firmware-name-mismatch', message, warnings, images: finding.images };
  }
  const { images } = finding;
  const fit = imagesFit(
    images.map(({ name }) => name),
    loadName(expectedLoad),
    loadFamilies,
  );
  if (fit.kind === 'other-family') {
    const message = `${url} lists images of another load family: ${listOf(fit.others)} for phones of ${fit.loadFamily}, and none that is named for its own.`;
    return { ok: false, url, code: 'firmware-other-family', message, warnings, images };
  }
  if (fit.kind === 'mixed')
    warnings.push(
      `${url} also lists ${listOf(fit.others)}, which by name is for phones of ${fit.loadFamily}: compare it with the firmware ZIP.`,
    );
  if (finding.kind === 'problem') {
    const { code, message, noResponse } = finding;
    return { ok: false, url, code, message, warnings, images, ...(noResponse ? { noResponse } : {}) };
  }
  if (finding.loads.fileName === null) {
    warnings.push(`${url} carries no load name inside: only its file name says which load it is.`);
  }
  return { ok: true, url, bytes: finding.bytes, images, warnings };
}

/** The first of some files, and how many more there are. */
function listOf([first = '', ...rest]: readonly string[]): string {
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}

/** The file must be requested under the name of the wanted load, and be signed under that name. */
function nameProblem(loads: LoadsFile, requested: string, wanted: string): string | null {
  if (requested !== wanted) return `is not the file of the load ${wanted}`;
  const signed = loads.fileName === null ? wanted : loadName(loads.fileName);
  return signed === wanted ? null : `is signed as ${signed}, not as ${wanted}`;
}
