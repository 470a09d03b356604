import { printable } from '../../domain/text/printable.js';
import { childOf, parseXml, textOf } from '../soap/element.js';
import { exchange, type HttpContext } from '../soap/exchange.js';
import { UcmError } from '../ucm.js';

/** Which version a cluster has, and which of AXL it therefore speaks. */
export interface UcmVersion {
  /** As shown, e.g. `14.0.1.12900(161)`. */
  shown: string;
  /** `14.0`. */
  schema: string;
}

/** Much more than the few lines that it is. */
const maxBytes = 64 * 1024;

/** Asks for the version, without credentials. @throws UcmError */
export async function discoverVersion(base: URL, context: HttpContext & { timeoutMs: number }): Promise<UcmVersion> {
  const url = new URL('/cucm-uds/version', base);
  const { timeoutMs } = context;
  const answer = await exchange({ url, headers: {}, body: null, changes: false, timeoutMs, maxBytes }, context);
  const root = answer.status === 200 && !answer.isTooLong ? parseXml(answer.text) : null;
  // The element stands in versionInformation, whose attribute of the same name is shorter.
  const shown =
    root?.name === 'version' ? root.text : (textOf(root, 'version') ?? childOf(root)?.attributes['version']);
  const schema = /^(\d{1,3})\.(\d{1,3})(?![\d])/.exec(shown ?? '');
  if (shown !== undefined && schema)
    return { shown: printable(shown, 60), schema: `${schema[1] ?? ''}.${schema[2] ?? ''}` };
  throw unknownVersion(url, answer.status, root !== null && root.name.toLowerCase() !== 'html');
}

function unknownVersion(url: URL, status: number, isXml: boolean): UcmError {
  if (status === 200 && isXml)
    return new UcmError(
      'ucm-version',
      `What ${url.host} shows at ${url.pathname} names no version that can be read.`,
      true,
    );
  if (status === 503 || status === 429)
    return new UcmError('ucm-busy', `Unified CM at ${url.host} did not tell its version (status ${status}).`, true);
  const what = status === 200 ? 'something else' : `status ${status}`;
  return new UcmError(
    'ucm-not-ucm',
    `${url.host} does not show a version of Unified CM at ${url.pathname}: it responded with ${what}.`,
    true,
  );
}
