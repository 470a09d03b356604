import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { blocksOf, withSamples } from './blocks.js';
import { make, textInPicture } from './make.js';
import { pagesWithSamples } from './pages.js';
import { timeless } from './timeless.js';

/** Whether two texts differ by nothing but time. */
const same = (one: string, other: string): boolean => timeless(one) === timeless(other);

/**
 * Makes all samples and pictures anew, and writes those that differ by more than time into the pages and docs/images.
 * @param say told of each page and picture that is written, and of what cannot be made
 */
export async function renew(say: (line: string) => void): Promise<void> {
  const { samples, pictures } = await make();
  const put = (path: string, before: string | Buffer, after: string | Buffer): void => {
    if (after === before) return;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, after);
    say(`${path}: renewed`);
  };
  for (const path of pagesWithSamples) {
    const page = readFileSync(path, 'utf8');
    // All of a page or none: they tell of one run.
    const isStale = blocksOf(page).some(
      ({ sample, text }) => sample !== null && !same(text, samples.get(sample) ?? text),
    );
    put(path, page, isStale ? withSamples(page, samples) : page);
  }
  if (pictures === null) say('docs/images: no pictures were made, as there is no tmux on this machine');
  for (const [path, now] of pictures ?? []) {
    const before = existsSync(path) ? readFileSync(path) : now;
    const isThere = before !== now && same(textInPicture(path, now), textInPicture(path, before));
    if (!isThere) put(path, '', now);
  }
}
