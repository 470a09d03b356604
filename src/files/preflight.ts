import { loadName } from '../domain/firmware/load.js';
import type { DownloadOptions } from './download.js';
import type { FileCheck, FileFailureCode } from './file-check.js';
import { fileNameOf, type FileUrl, readFileUrl } from './file-url.js';
import { findFirmware, type FirmwareFinding } from './firmware.js';
import { checkLicense } from './license.js';
import type { LoadsFile } from './loads.js';

/** Fetches the files of a plan before any phone is told to. One per run: it remembers firmware checks. */
export interface Preflight {
  /**
   * Checks a load: the `.loads` file exists and is readable, carries the expected name, and all its images are beside it.
   * Callers for the same URL share one check, whose result is remembered unless the server could not be reached.
   * @param url http or https, macros expanded
   * @param expectedLoad e.g. `sip88xx.14-2-1-0101-26`, with or without `.loads`
   */
  firmware(url: string, expectedLoad: string): Promise<FileCheck>;
  /**
   * Checks one phone's license. Not remembered: each phone has its own. How many run at once is up to the caller.
   * @param mac 12 hexadecimal digits
   */
  license(url: string, mac: string): Promise<FileCheck>;
}

/** Results that may differ the next time, so they are not remembered. */
const notKept: ReadonlySet<FileFailureCode> = new Set([
  'files-unreachable',
  'local-resources',
  'local-refused',
] as const);

/** Creates the preflight of one run. Neither check ever rejects. */
export function createPreflight(options: DownloadOptions): Preflight {
  const findings = new Map<string, Promise<FirmwareFinding>>();

  const findOnce = (url: URL, shown: string): Promise<FirmwareFinding> => {
    const known = findings.get(url.href);
    if (known) return known;
    const finding = findFirmware(url, shown, options).then((result) => {
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
    license: (url, mac) => checkLicense(url, mac, options),
  };
}

/** Compares a finding with the load that is wanted. A wrong load is worse than a missing image, so it is reported first. */
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
    warnings.push(`${url} carries no load name inside: only its file name says which load it is.`);
  }
  return { ok: true, url, bytes: finding.bytes, images: finding.loads.images.length, warnings };
}

/** The file must be requested under the name of the wanted load, and be signed under that name. */
function nameProblem(loads: LoadsFile, requested: string, wanted: string): string | null {
  if (requested !== wanted) return `is not the file of the load ${wanted}`;
  const signed = loads.fileName === null ? wanted : loadName(loads.fileName);
  return signed === wanted ? null : `is signed as ${signed}, not as ${wanted}`;
}
