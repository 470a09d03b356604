import { isNoteText } from '../../domain/phone/label-notes.js';
import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import { madeOnce, remembering } from '../../domain/text/remembering.js';
import { headingIndex } from '../admin/headings.js';
import { holdsLabel, productLabels } from '../admin/product-information.js';
import { collapse, decodeReferences } from '../markup/text.js';

/** Character references that mean the same to everybody: signs of ASCII by number, and a few names. */
const certainReference = /&(?:#[xX][2-7][0-9a-fA-F]|#(?:3[2-9]|[4-9]\d|1[01]\d|12[0-6])|nbsp|amp|lt|gt|quot);/g;

/** A serial number, a version, a MAC. */
const wordWithDigit = /^\S*\d\S*$/;

/**
 * What a text between two tags is shown as; `null` where it may be more than a value, or is none: a label, a heading, a note, blank, or text
 * that a parser might decode in another way.
 */
export const plainValues = madeOnce((profile: MultiplatformPages): ((raw: string) => string | null) => {
  const headings = headingIndex(profile);
  const labels = productLabels(profile);
  const isNumbered = (label: string): boolean => !label.includes(' ') && /[#\d]/.test(label);
  const areNumbered = [...labels.keys(), ...headings.keys()].some(isNumbered);
  const isPlain = remembering(
    (text) => !isNoteText(text, '') && headings.find(text) === undefined && !holdsLabel(text, labels),
  );
  return (raw) => {
    if (raw.includes('&') && raw.replace(certainReference, '').includes('&')) return null;
    const text = collapse(decodeReferences(raw));
    if (text === '' || text.endsWith(':')) return null;
    // Most are such words, and hardly two phones show the same.
    return (!areNumbered && wordWithDigit.test(text)) || isPlain(text) ? text : null;
  };
});
