import { loadHarmlessWords } from '../../../src/config/profiles/harmless-words.js';
import { Disguise } from '../../../src/contact/replace/disguise.js';
import { knownWords } from '../../../src/contact/replace/known-words.js';
import { Forms } from '../../../src/contact/replace/patterns.js';
import { StandIns } from '../../../src/contact/replace/stand-ins.js';
import { rewritePage } from '../../../src/pages/rewrite/rewrite.js';
import { profiles } from './meet.js';

export const words = loadHarmlessWords();

const forms = new Forms(words);
const known = knownWords(profiles, words);

/** A disguise that has seen nothing yet. */
export function newDisguise(secret = 7, keepLabels = false): Disguise {
  return new Disguise(forms, known, new StandIns(Buffer.alloc(32, secret)), keepLabels);
}

/** A page as it is in a capture: read twice, as one is. */
export function disguisedPage(page: string, disguise = newDisguise()): string {
  rewritePage(page, disguise, profiles.multiplatform.jsonTabs);
  disguise.standIns.learned();
  return rewritePage(page, disguise, profiles.multiplatform.jsonTabs);
}
