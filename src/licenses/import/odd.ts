import type { Mac } from '../../domain/network/mac.js';

/** Fewer do not show what a license usually looks like. */
const fewest = 5;
/** So many times as long or as short as the usual one. */
const factor = 3;

/** A license that is not like the others. */
export interface OddLicense {
  mac: Mac;
  why: string;
}

/**
 * The licenses that are not like the others: much longer or shorter, or the only ones that are (or are not) text. Their content is opaque, so
 * that is all that can be told.
 */
export function oddLicenses(licenses: readonly { mac: Mac; bytes: number; content: Uint8Array }[]): OddLicense[] {
  if (licenses.length < fewest) return [];
  const sizes = licenses.map(({ bytes }) => bytes).sort((a, b) => a - b);
  const usual = sizes[Math.floor(sizes.length / 2)] ?? 0;
  const texts = licenses.filter(({ content }) => isText(content)).length;
  const areTexts = texts * 2 > licenses.length;
  return licenses.flatMap(({ mac, bytes, content }) => {
    if (bytes > usual * factor || bytes * factor < usual)
      return [{ mac, why: `it has ${bytes} bytes, the others about ${usual}` }];
    if (isText(content) === areTexts) return [];
    return [{ mac, why: areTexts ? 'it is no text, as the others are' : 'it is text, as the others are not' }];
  });
}

function isText(content: Uint8Array): boolean {
  return content.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}
