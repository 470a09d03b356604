import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import { controlType, isVisibleControl } from '../markup/controls.js';
import { parsePage, type PageDocument, type PageElement, textOf, walk, withoutScripts } from '../markup/dom.js';
import { labelIndexOf } from '../../domain/phone/labels.js';
import type { Row } from '../rows/cell.js';
import { readRows } from '../rows/rows.js';
import { detach } from '../../domain/text/detach.js';
import { collapse, matchesAny } from '../markup/text.js';

/** What is known about a page that is not a supported phone's, or that a phone shows instead of its own. */
export interface PageDescription {
  /** The page's title, shortened. Not to be trusted in output. */
  title: string | null;
  /** The page asks for a password, or for a first one to be set (docs/knowledge/multiplatform-access.md#signing-in). */
  signIn: 'login' | 'set-password' | null;
  /** The page has no rows of its own: scripts fill it in. */
  isShell: boolean;
}

/** Sign-in pages are small; of a long page, the beginning is enough. */
const readAtMost = 64_000;
const longestTitle = 120;

/** Describes a page for messages: a printer's title, or that the phone wants a password. Never throws. */
export function describePage(body: string, profile: MultiplatformPages): PageDescription {
  // The content of scripts does not matter, and may be most of the page.
  const { text, count } = withoutScripts(body);
  const document = text.includes('<') ? parsePage(text.slice(0, readAtMost)) : null;
  if (!document) return { title: null, signIn: null, isShell: false };
  const rows = readRows(document);
  return {
    title: titleOf(document),
    signIn: signInOf(rows, titleOf(document) ?? '', profile),
    isShell: count > 0 && text.length <= readAtMost && rows.every(isBare),
  };
}

/** A row with no more than one text: a tab's name, a word while it loads. */
function isBare({ cells }: Row): boolean {
  return cells.length < 2 && !cells.some((cell) => cell.controls.some(isVisibleControl));
}

function titleOf(document: PageDocument): string | null {
  let found: PageElement | null = null;
  walk(document, {
    enter: (element) => {
      if (element.name === 'title') found ??= element;
      return found === null;
    },
  });
  const title = found === null ? '' : collapse(textOf(found).slice(0, 4 * longestTitle));
  return title === '' ? null : detach(title.slice(0, longestTitle));
}

function signInOf(rows: readonly Row[], title: string, { signIn }: MultiplatformPages): PageDescription['signIn'] {
  const controls = rows.flatMap((row) => row.cells.flatMap((cell) => cell.controls)).filter(isVisibleControl);
  const asksPassword = controls.some((control) => controlType(control) === 'password');
  // The admin page itself has password fields too, among hundreds of others.
  if (!asksPassword || controls.length > signIn.maxControls) return null;
  const texts = rows.flatMap((row) => row.cells.map((cell) => cell.text));
  const setPassword = labelIndexOf(signIn.setPasswordLabels);
  if (texts.some((text) => setPassword.find(text))) return 'set-password';
  return [title, ...texts].some((text) => matchesAny(text.replace(/:$/, ''), signIn.loginPatterns)) ? 'login' : null;
}
