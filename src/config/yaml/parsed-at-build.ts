import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Gives the data of a YAML text that the build has parsed; `undefined`: it is another text, or an edited one. */
export type ParsedTexts = (text: string) => unknown;

/** The shipped profiles as data: parsing them took a fifth of a short command. Where the sources run unbundled, there are none. */
export const parsedAtBuild = parsedIn(new URL('profiles.json', import.meta.url));

/** What a file holds as JSON by the hash of each text (`scripts/build.mjs`); nothing if there is no such file. It is read when it is needed. */
export function parsedIn(file: URL): ParsedTexts {
  let parsed: Readonly<Record<string, unknown>> | undefined;
  return (text) => {
    parsed ??= read(file);
    const data = parsed[createHash('sha256').update(text).digest('hex')];
    return data === undefined ? undefined : structuredClone(data);
  };
}

function read(file: URL): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
