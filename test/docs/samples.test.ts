import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { blocksOf } from '../../scripts/docs/pictures/blocks.js';
import { hasBrowser } from '../../scripts/docs/pictures/browser-shot.js';
import { type Made, make, textInPicture } from '../../scripts/docs/pictures/make.js';
import { pagesWithSamples } from '../../scripts/docs/pictures/pages.js';
import { timeless } from '../../scripts/docs/pictures/timeless.js';
import { hasTerminals } from '../support/command/terminal.js';
import { hasTmux } from '../support/command/tmux.js';
import { filesAt, textOf } from './support/repository.js';
import { untyped } from './support/untyped.js';

/** What to do when one of these tests fails. */
const renew = 'renew it with npm run docs:pictures';

const blocks = pagesWithSamples.flatMap((page) =>
  blocksOf(textOf(page)).map((block) => ({ ...block, at: `${page}:${block.line}` })),
);
const shown = blocks.flatMap(({ sample, ...block }) => (sample === null ? [] : [{ ...block, sample }]));

describe('what README and docs show of the command', () => {
  it('is made, or typed: no block of output stands there that nothing keeps up to date', () => {
    const pasted = blocks.flatMap((block) => {
      const line = untyped(block);
      return line === null ? [] : [`${block.at}: ${line}`];
    });
    expect(pasted).toEqual([]);
  });

  it('has each picture of docs/images on a page', () => {
    const pages = pagesWithSamples.map(textOf).join('\n');
    const unseen = filesAt('docs/images').filter((file) => !pages.includes(`](${file.replace('docs/', '')})`));
    expect(unseen.filter((file) => !pages.includes(`](${file})`))).toEqual([]);
  });
});

(hasTerminals ? describe : describe.skip)(
  'what README and docs show, made again from a run (skipped without script of util-linux)',
  () => {
    let made: Made;

    beforeAll(async () => {
      made = await make();
    });

    it.each(shown)('$sample at $at is as it is printed today', ({ sample, text, at }) => {
      const now = made.samples.get(sample);
      expect({ at, renew, text: timeless(text) }).toEqual({ at, renew, text: now && timeless(now) });
    });

    it('is all that is made', () => {
      expect([...made.samples.keys()].sort()).toEqual([...new Set(shown.map(({ sample }) => sample))].sort());
    });

    (hasTmux ? it : it.skip)('has pictures that show what terminals show today (skipped without tmux)', () => {
      const pictures = [...(made.pictures ?? [])].sort();
      // Of pages none are made on a machine without Chromium.
      const kept = filesAt('docs/images').filter((path) => hasBrowser || !path.endsWith('.png'));
      expect(kept.sort()).toEqual(pictures.map(([path]) => path));
      for (const [path, now] of pictures) {
        const textOfKept = timeless(textInPicture(path, readFileSync(path)));
        expect({ path, renew, text: textOfKept }).toEqual({ path, renew, text: timeless(textInPicture(path, now)) });
      }
    });
  },
);
