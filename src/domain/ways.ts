/**
 * The ways to write a phone's settings, safest first (facts/multiplatform-web §1.2, §1.3): only the changed fields of the page's own form ·
 * all of its fields · a Direct Action that makes the phone fetch a small profile from us · one that makes it fetch firmware · a posted profile.
 */
export const writeWays = ['partial-form', 'full-form', 'resync', 'upgrade', 'xml-post'] as const;

export type WriteWay = (typeof writeWays)[number];

/** What a migration profile allows unless it says otherwise: only what a person does in a browser. */
export const usualWays: readonly WriteWay[] = ['partial-form', 'full-form'];

const names: Readonly<Record<WriteWay, string>> = {
  'partial-form': 'partial form',
  'full-form': 'full form',
  resync: 'Direct Action resync',
  upgrade: 'Direct Action upgrade',
  'xml-post': 'XML post',
};

/** A way as the report's evidence names it. */
export function wayName(way: WriteWay, withReferer: boolean): string {
  return withReferer ? `${names[way]} with a Referer` : names[way];
}

/** Ways that need no field of the page's form: the phone is told by the tags of its own provisioning. */
export function needsNoForm(way: WriteWay): boolean {
  return way === 'resync' || way === 'upgrade' || way === 'xml-post';
}
