/** Characters that take two places on a terminal, or may: East Asian wide and full-width ones, and all pictures. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\p{Extended_Pictographic}/gu;

/** Places that a text takes on a terminal. */
export function displayWidth(text: string): number {
  return text.length + (text.match(wide) ?? []).filter((character) => character.length === 1).length;
}

const url = /(?:https?|tftp):\/\/[^\s,;)\]]+/g;

/** When a phone says it, and of which file: `[11/30/2026 12:05:44][http://…/load.loads]Upgrade Failed: …`. */
const before = /(?:\[[^\]]*\])+(?=[^\s[])/;

/**
 * A text cut to a width where it loses least: of a URL the beginning goes first, as its end names the file; then what a phone puts in brackets
 * before its own words; then the end of the sentence.
 * Between characters: a table itself would cut within a pair.
 */
export function cutTo(text: string, width: number): string {
  let over = displayWidth(text) - width;
  if (over <= 0) return text;
  const shorter = text.replace(url, (whole) => {
    const most = whole.length - (/[^/]*\/?$/.exec(whole)?.[0].length ?? 0) - 1;
    // The sign for what is left out takes a place, too.
    const cut = Math.min(most, over + 1);
    if (over <= 0 || cut < 2) return whole;
    over -= cut - 1;
    return `…${whole.slice(cut)}`;
  });
  if (displayWidth(shorter) <= width) return shorter;
  return endCut(shorter.replace(before, '…'), width);
}

function endCut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let left = width - 1;
  let kept = '';
  for (const character of text) {
    left -= displayWidth(character);
    if (left < 0) break;
    kept += character;
  }
  return `${kept}…`;
}
