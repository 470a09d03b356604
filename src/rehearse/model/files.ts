import type { Mac } from '../../domain/network/mac.js';
import type { FileCheck } from '../../files/file-check.js';
import type { Preflight } from '../../files/preflight.js';
import { readFileUrl } from '../../files/servers/file-url.js';

/** What is known of the files of a rehearsal. */
export interface KnownFiles {
  /** How much firmware a phone fetches for a load. */
  bytes: number;
  /** The phones whose license is held; `null`: nothing is known of licenses, so all are taken to be there. */
  licensed: ReadonlySet<Mac> | null;
}

/** The files of a rehearsal: every load is there, and every license that is held. No server is asked. */
export function modeledFiles({ bytes, licensed }: KnownFiles): Preflight {
  return {
    firmware: (text, load) =>
      Promise.resolve(
        found(text, (url) => ({ ok: true, url, bytes: 0, images: [{ name: load, bytes }], warnings: [] })),
      ),
    license: (text, mac) =>
      Promise.resolve(
        found(text, (url) => {
          if (licensed === null || licensed.has(mac)) return { ok: true, url, bytes: 0, warnings: [] };
          const message = `No license for ${mac} is held.`;
          return { ok: false, url, code: 'license-missing', message, warnings: [] };
        }),
      ),
    anew: () => {},
  };
}

function found(text: string, at: (url: string) => FileCheck): FileCheck {
  const file = readFileUrl(text);
  if (file.ok) return at(file.shown);
  return { ok: false, url: file.shown, code: file.code, message: file.message, warnings: [] };
}
