import { isDeepStrictEqual } from 'node:util';
import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import { type Layout, readByLayout, type Reading } from './layout.js';
import { layoutOf, type ReadPage } from './learn.js';
import { plainValues } from './plain-values.js';

/** So many are remembered: models times firmwares, in most fleets. */
const mostRemembered = 32;
/** So many may be learned before one is of use: pages that are all different are not worth it. */
const mostInVain = 32;
/** One in so many is learned from after that: a fleet may come behind odd pages. */
const perTry = 16;

/** The layouts of pages that were read lately, the last used first. */
export class KnownLayouts {
  readonly #layouts: Layout[] = [];
  /** How many may still be learned in vain. */
  #credit = mostInVain;

  constructor(private readonly profile: MultiplatformPages) {}

  get mayLearn(): boolean {
    return this.#credit >= 1;
  }

  /** Adds the layout of a page that was read without one. */
  learn(page: ReadPage): void {
    this.#credit -= 1;
    const layout = layoutOf(page, this.profile);
    if (!layout || !readsAlike(layout, page, this.profile)) return;
    this.#layouts.unshift(layout);
    this.#layouts.splice(mostRemembered);
  }

  /** Takes note of such a page that nothing was learned from. */
  skip(): void {
    this.#credit += 1 / perTry;
  }

  /** Reads a page, which may be arriving still, by the layout that it has, if that is known. */
  read(html: string): Reading {
    let isArriving = false;
    for (const [at, layout] of this.#layouts.entries()) {
      const reading = readByLayout(html, layout, plainValues(this.profile));
      isArriving ||= reading === 'arriving';
      if (typeof reading === 'string') continue;
      this.#credit = mostInVain;
      if (at > 0) this.#layouts.unshift(...this.#layouts.splice(at, 1));
      return reading;
    }
    return isArriving ? 'arriving' : 'other';
  }
}

/** Whether the page is read by its layout as it was read without. */
function readsAlike(layout: Layout, { html, section, texts }: ReadPage, profile: MultiplatformPages): boolean {
  const reading = readByLayout(html, layout, plainValues(profile));
  return typeof reading === 'object' && reading.end === section.end && isDeepStrictEqual(reading.texts, texts);
}
