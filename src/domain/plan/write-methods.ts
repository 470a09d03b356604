/**
 * The methods to write a phone's settings, safest first (docs/knowledge/multiplatform-settings.md#direct-actions): only the changed fields
 * of the page's own form · all its fields · a Direct Action that makes the phone fetch a small profile from us · one that makes it fetch
 * firmware · a posted profile.
 */
export const writeMethods = ['partial-form', 'full-form', 'resync', 'upgrade', 'xml-post'] as const;

export type WriteMethod = (typeof writeMethods)[number];

/** What a migration profile allows unless it says otherwise: only what a person does in a browser. */
export const usualWriteMethods: readonly WriteMethod[] = ['partial-form', 'full-form'];

/** A write method with how it is used. */
export interface UsedMethod {
  way: WriteMethod;
  /** With the phone's own page as `Referer`. */
  referer: boolean;
}

/** Whether both are the same method, used the same way; `null` is none. */
export function isSameMethod(one: UsedMethod | null, other: UsedMethod): boolean {
  return one?.way === other.way && one.referer === other.referer;
}

/**
 * How the phone responded to a write, as far as that tells whether it took the settings. `forbidden` (403, perhaps because a `Referer` is
 * missing) and `refused` (another 4xx, or a password it did not get) are refusals. The others prove nothing: `signed-out` (it asks to sign
 * in), `friendly`, `failed` (a server error, a 4xx that speaks only of the moment, or a 401 in a signed-in session), `unanswered`, and
 * `unknown` (the run was cut off).
 */
export type WriteAnswer = 'forbidden' | 'signed-out' | 'refused' | 'friendly' | 'failed' | 'unanswered' | 'unknown';

/** A write method that was tried for a step. */
export interface TriedMethod extends UsedMethod {
  manner: WriteAnswer;
  /** The names that fields were posted under; `''` for methods that need none. */
  names: string;
}

/** Whether the response says that the phone took nothing. */
export function isRefusal(manner: WriteAnswer): boolean {
  return manner === 'forbidden' || manner === 'refused';
}

const names: Readonly<Record<WriteMethod, string>> = {
  'partial-form': 'partial form',
  'full-form': 'full form',
  resync: 'Direct Action resync',
  upgrade: 'Direct Action upgrade',
  'xml-post': 'XML post',
};

/** The name of a write method in the report's evidence. */
export function methodName({ way, referer }: UsedMethod): string {
  return referer ? `${names[way]} with a Referer` : names[way];
}

/** Whether a method needs no field of the page's form, but uses the tags of the phone's own provisioning. */
export function needsNoForm(way: WriteMethod): boolean {
  return way === 'resync' || way === 'upgrade' || way === 'xml-post';
}
