import { loadName } from '../domain/firmware/load.js';
import type { DownloadOptions } from './download.js';
import type { FileCheck, FileFailureCode } from './file-check.js';
import { fileNameOf, type FileUrl, readFileUrl } from './file-url.js';
import { findFirmware, type FirmwareFinding } from './firmware.js';
import { checkLicense } from './license.js';
import type { LoadsFile } from './loads.js';
import { systemTimer } from './system-timer.js';

/** Fetches the files of a plan before any phone is told to. One per run: it remembers firmware. */
export interface Preflight {
  /**
   * Checks a load: the `.loads` file is there and readable, carries the expected name, and all its images lie beside it.
   * Callers for the same URL share one check; its result is kept, except that of a server that could not be reached or asked.
   * @param url http or https, macros expanded
   * @param expectedLoad e.g. `sip88xx.14-2-1-0101-26`, with or without `.loads`
   */
  firmware(url: string, expectedLoad: string): Promise<FileCheck>;
  /**
   * Checks one phone's license. Not kept: each phone has its own. How many run at once is up to the caller.
   * @param mac 12 hexadecimal digits
   */
  license(url: string, mac: string): Promise<FileCheck>;
}

/** What a preflight needs: `timeoutMs` is for one attempt as a whole. */
export type PreflightOptions = Omit<DownloadOptions, 'clock'> & Partial<Pick<DownloadOptions, 'clock'>>;

/** What may be otherwise when it is asked for again. */
const notKept: ReadonlySet<FileFailureCode> = new Set([
  'files-unreachable',
  'local-resources',
  'local-refused',
] as const);

/** Makes the preflight of one run. Neither check ever rejects. */
export function createPreflight(options: PreflightOptions): Preflight {
  const outside: DownloadOptions = { clock: systemTimer, ...options };
  const findings = new Map<string, Promise<FirmwareFinding>>();

  const findOnce = (url: URL, shown: string): Promise<FirmwareFinding> => {
    const known = findings.get(url.href);
    if (known) return known;
    const finding = findFirmware(url, shown, outside).then((result) => {
      if (result.kind === 'problem' && notKept.has(result.code)) findings.delete(url.href);
      return result;
    });
    findings.set(url.href, finding);
    return finding;
  };

  return {
    firmware: async (text, expectedLoad) => {
      const file = readFileUrl(text);
      if (!file.ok) return { ok: false, url: file.shown, code: file.code, message: file.message, warnings: [] };
      return judge(file, expectedLoad, await findOnce(file.url, file.shown));
    },
    license: (url, mac) => checkLicense(url, mac, outside),
  };
}

/** Compares a finding with the load that is wanted; a wrong load is worse than a missing image, so it is said first. */
function judge(file: Extract<FileUrl, { ok: true }>, expectedLoad: string, finding: FirmwareFinding): FileCheck {
  const url = file.shown;
  const warnings = [...finding.warnings];
  const loads = finding.kind === 'found' ? finding.loads : finding.listed;
  const wrongName = loads === null ? null : nameProblem(loads, loadName(fileNameOf(file.url)), loadName(expectedLoad));

  if (wrongName !== null) {
    return { ok: false, url, code: 'firmware-name-mismatch', message: `${url} ${wrongName}.`, warnings };
  }
  if (finding.kind === 'problem') return { ok: false, url, code: finding.code, message: finding.message, warnings };
  if (finding.loads.fileName === null) {
    warnings.push(`${url} carries no name of its own: only its file name says which load it is.`);
  }
  return { ok: true, url, bytes: finding.bytes, images: finding.loads.images.length, warnings };
}

/** The file must be asked for by the name of the wanted load, and be signed under that name. */
function nameProblem(loads: LoadsFile, requested: string, wanted: string): string | null {
  if (requested !== wanted) return `is not the file of the load ${wanted}`;
  const signed = loads.fileName === null ? wanted : loadName(loads.fileName);
  return signed === wanted ? null : `is signed as ${signed}, not as ${wanted}`;
}
