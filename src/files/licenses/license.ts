import type { OtherDirection } from '../../domain/licenses/file-name.js';
import { download, type DownloadOptions } from '../servers/download.js';
import type { FileCheck, FileFailureCode } from '../file-check.js';
import { fileNameOf, readFileUrl } from '../servers/file-url.js';
import { licenseProblem, mostLicenseBytes, textOf } from './license-content.js';
import { type Download, isTransient, redirectWarnings, saidText } from '../servers/response.js';

/**
 * Fetches one phone's license. Its content is opaque (docs/knowledge/open-questions.md#licenses): all that can be checked is that the file
 * exists, is not empty, is neither a web page nor JSON, does not say that it is for the other direction, and neither is named after nor names another phone (guide G4).
 * @param mac 12 hexadecimal digits
 */
export async function checkLicense(
  text: string,
  mac: string,
  options: DownloadOptions,
  otherDirection: OtherDirection,
): Promise<FileCheck> {
  const file = readFileUrl(text);
  const warnings: string[] = [];
  const refuse = (code: FileFailureCode, message: string): Extract<FileCheck, { ok: false }> => ({
    ok: false,
    url: file.shown,
    code,
    message,
    warnings,
  });
  if (!file.ok) return refuse(file.code, file.message);

  const naming = namingOf(fileNameOf(file.url), mac);
  if (naming === 'other-phone') {
    return refuse(
      'files-bad-url',
      `${file.shown} is named after another phone than ${mac}; a license holds for one MAC only.`,
    );
  }
  const response = await download(file.url, { method: 'GET', maxBytes: mostLicenseBytes, attempts: 2 }, options);
  if (response.kind === 'unreachable') {
    const refused = refuse(response.code, response.message);
    return response.answered ? refused : { ...refused, noResponse: true };
  }
  warnings.push(...redirectWarnings(file.shown, response.redirects), ...namingWarnings(naming, file.shown, mac));
  const problem = problemOf(response, file.shown, naming, mac);
  if (problem) return refuse(problem.code, problem.message);
  const other = otherDirection(textOf(response.body));
  // Its form is not known: what says both may be either.
  if (other === 'both') warnings.push(`${file.shown} says of itself that it is for both directions.`);
  else if (other !== null)
    return refuse(
      'license-unreadable',
      `${file.shown} is a license for the other direction, by what it says of itself (${other}); put the right one there.`,
    );
  return { ok: true, url: file.shown, bytes: response.body.length, warnings };
}

/** How a file name carries the phone's MAC. */
type Naming = 'upper-case' | 'other-spelling' | 'other-phone' | 'without-mac';

function namingOf(name: string, mac: string): Naming {
  if (name.includes(mac.toUpperCase())) return 'upper-case';
  if (name.replace(/[:-]/g, '').toUpperCase().includes(mac.toUpperCase())) return 'other-spelling';
  return /(?<![0-9a-z])[0-9a-f]{12}(?![0-9a-z])/i.test(name) ? 'other-phone' : 'without-mac';
}

function namingWarnings(naming: Naming, url: string, mac: string): string[] {
  if (naming === 'without-mac')
    return [`${url} does not carry the MAC ${mac}: it cannot be told which phone it is for.`];
  if (naming === 'other-spelling')
    return [`${url} does not spell the MAC as ${mac.toUpperCase()}; license files are named in upper case.`];
  return [];
}

function problemOf(
  response: Extract<Download, { kind: 'response' }>,
  url: string,
  naming: Naming,
  mac: string,
): { code: FileFailureCode; message: string } | null {
  const unreadable = (what: string): { code: FileFailureCode; message: string } => ({
    code: 'license-unreadable',
    message: `${url} is not a license file: ${what}.`,
  });
  if (isTransient(response))
    return { code: 'files-unreachable', message: `${url} was answered with ${saidText(response)}, twice.` };
  if (response.status >= 300) {
    const hint =
      naming === 'other-spelling'
        ? `; Unified CM is case-sensitive and license files are named ${mac.toUpperCase()}.lic: use $MAU in the rule`
        : '';
    return { code: 'license-missing', message: `${url} was answered with ${saidText(response)}${hint}.` };
  }
  if (response.status !== 200) return unreadable(`the response was ${saidText(response)}`);
  if (response.tooLarge) return unreadable('it is larger than 64 KB');
  const problem = licenseProblem(response.body, mac, response.contentType);
  if (problem === null) return null;
  if (problem.kind === 'other-phone')
    return {
      code: 'license-other-phone',
      message: `${url} is the license of another phone: it names ${problem.named}, not ${mac.toUpperCase()}.`,
    };
  return unreadable(problem.kind === 'empty' ? problem.text : `the file server sent ${problem.text}`);
}
