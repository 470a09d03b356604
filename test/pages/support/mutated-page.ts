import { randomOf } from '../../support/pages/admin-page-dialects.js';
import { dialects, type Truth, writeAdminPage } from '../../support/pages/admin-pages.js';
import { hideFakeRow, moveRow, showFakeRow } from './fake-rows.js';
import { mutate, partsOf } from './mutate.js';

/** A broken page, what is true of it, and how it was broken. */
export interface MutatedPage {
  html: string;
  truth: Truth;
  /** For the message of a failure. */
  how: string;
  /** Its end is missing. */
  isCut: boolean;
}

/** The page of a seed: small, in one of the dialects, with fake rows, broken at up to `most` places, one in seven cut off. */
export function mutatedPage(seed: number, most: number): MutatedPage {
  const random = randomOf(Math.imul(seed, 7919));
  const dialect = dialects[seed % dialects.length] ?? 'sipura';
  const { html, truth } = writeAdminPage(seed, dialect, { fillerRows: 0, decoys: false });
  const parts = partsOf(html);
  const did: string[] = [dialect];
  for (const [name, change] of Object.entries({ showFakeRow, moveRow })) {
    if (random() >= 0.2) continue;
    change(parts, random);
    did.push(name);
  }
  const whole = partsOf(parts.join(''));
  if (random() < 0.2) {
    hideFakeRow(whole, random);
    did.push('hideFakeRow');
  } else did.push(...mutate(whole, random, most));
  const page = whole.join('');
  if (random() >= 0.15) return { html: page, truth, how: did.join(' | '), isCut: false };
  const cut = Math.floor(page.length * random());
  return { html: page.slice(0, cut), truth, how: `${did.join(' | ')} | cut at ${cut}`, isCut: true };
}
