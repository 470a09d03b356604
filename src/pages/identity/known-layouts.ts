import { isDeepStrictEqual } from 'node:util';
import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import { type Fit, fit, type Layout } from './layout.js';
import { layoutOf, type ReadPage } from './learn.js';
import { plainValues } from './plain-values.js';

/** So many are remembered: models times firmwares, in most fleets. */
const most = 32;

/** The layouts of pages that were read lately, the last used first. */
export class KnownLayouts {
  readonly #layouts: Layout[] = [];
  /** How many may be learned before one is of use again: pages that are all different are not worth it. */
  #credit = most;

  constructor(private readonly profile: MultiplatformPages) {}

  get mayLearn(): boolean {
    return this.#credit > 0;
  }

  learn(page: ReadPage): void {
    this.#credit -= 1;
    const layout = layoutOf(page, this.profile);
    if (!layout || !readsAlike(layout, page, this.profile)) return;
    this.#layouts.unshift(layout);
    this.#layouts.splice(most);
  }

  /** Reads a page by the layout that it has, if that is known. */
  fit(html: string): Fit {
    let isArriving = false;
    for (const [at, layout] of this.#layouts.entries()) {
      const found = fit(html, layout, plainValues(this.profile));
      isArriving ||= found === 'arriving';
      if (typeof found === 'string') continue;
      this.#credit = most;
      if (at > 0) this.#layouts.unshift(...this.#layouts.splice(at, 1));
      return found;
    }
    return isArriving ? 'arriving' : 'other';
  }
}

/** Whether the page is read by its layout as it was read without. */
function readsAlike(layout: Layout, { html, section, texts }: ReadPage, profile: MultiplatformPages): boolean {
  const found = fit(html, layout, plainValues(profile));
  return typeof found === 'object' && found.end === section.end && isDeepStrictEqual(found.texts, texts);
}
