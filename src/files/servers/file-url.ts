import { unexpandedMacros } from '../../domain/plan/macros.js';

/** A usable URL, or why nothing is fetched. */
export type FileUrl =
  { ok: true; url: URL; shown: string } | { ok: false; shown: string; code: 'files-bad-url'; message: string };

/**
 * Reads the URL of a file that a phone will fetch, with its macros already expanded. To a phone, a rule without a scheme means tftp
 * (docs/knowledge/multiplatform-settings.md#rules-and-macros).
 */
export function readFileUrl(text: string): FileUrl {
  const trimmed = text.trim();
  const given = /^[\w.-]+(:\d+)?\/\S+$/.test(trimmed) ? `tftp://${trimmed}` : trimmed;
  const shown = withoutPassword(given);
  const bad = (message: string): FileUrl => ({ ok: false, shown, code: 'files-bad-url', message });

  const macros = unexpandedMacros(given, {});
  if (macros.length > 0) {
    return bad(`${shown} holds ${macros.join(', ')}, whose value on the phone is not known.`);
  }
  if (!/^(?:https?|tftp):\/\/[^/?#]/i.test(given) || /\s/.test(given) || !URL.canParse(given)) {
    return bad(`"${shown}" is not a URL that starts with http://, https:// or tftp://.`);
  }
  const url = new URL(given);
  if (url.username !== '' || url.password !== '')
    return bad(`${shown} holds a user name or password; phones do not take them here.`);
  url.hash = '';
  return { ok: true, url, shown };
}

/** The last part of the path, decoded: the file's name. */
export function fileNameOf(url: URL): string {
  const last = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** The server of a file's URL: `http://10.0.0.5:6970`; the text itself where it is none. */
export function serverOf(text: string): string {
  if (!URL.canParse(text)) return text;
  const { protocol, host } = new URL(text);
  return `${protocol}//${host}`;
}

function withoutPassword(text: string): string {
  const hidden = text.replace(/\/\/[^/@\s]*@/, '//***@').replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '?');
  return hidden.length > 300 ? `${hidden.slice(0, 297)}...` : hidden;
}
