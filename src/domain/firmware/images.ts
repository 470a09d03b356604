/** A file that a phone fetches for a load, and its size in bytes; `null` where the file server does not tell. */
export interface FileSize {
  name: string;
  bytes: number | null;
}

/**
 * The part of an image's name before the hardware it is for: `rootfs2` of `rootfs288xx.…` and of `rootfs2.78xx.…`; `null` where the name does
 * not show that hardware (docs/knowledge/firmware.md#images-and-their-weight).
 * @param loadFamily e.g. `sip88xx`
 */
function partFor(image: string, loadFamily: string): string | null {
  const hardware = loadFamily.replace(/^sip/i, '').toLowerCase();
  const [stem = '', second] = image.toLowerCase().split('.', 2);
  const part = second === hardware ? stem : stem.endsWith(hardware) ? stem.slice(0, -hardware.length) : '';
  return hardware !== '' && /^[a-z]\w*$/.test(part) ? part : null;
}

/**
 * Whether a load holds the images of several hardware platforms, of which a phone takes only its own: `rootfs88xx`, `rootfs288xx` and
 * `rootfs388xx` in one package (docs/knowledge/firmware.md#images-and-their-weight). A digit alone is none: `sb288xx` and `vc488xx` have no sister.
 * @param loadFamily e.g. `sip88xx`
 */
export function hasSeveralPlatforms(images: readonly string[], loadFamily: string): boolean {
  const parts = new Set(images.map((image) => partFor(image, loadFamily)));
  return [...parts].some((part) => part !== null && /\d$/.test(part) && parts.has(part.slice(0, -1)));
}

/** What the names of a load's images tell of the phones that they are for. */
export type ImagesFit =
  /** Nothing speaks against it; names that show no known hardware say nothing. */
  | { kind: 'fit' }
  /** Some are for its phones, others are for those of another load family. */
  | { kind: 'mixed'; others: readonly string[]; loadFamily: string }
  /** None is for its phones, and some are for those of another: no phone of this family could run it. */
  | { kind: 'other-family'; others: readonly string[]; loadFamily: string };

/**
 * Compares a load's name with those of its images.
 * @param load e.g. `sip88xx.14-2-1-0101-26`
 * @param loadFamilies those that are known; a load of no known family is not judged
 */
export function imagesFit(images: readonly string[], load: string, loadFamilies: readonly string[]): ImagesFit {
  const own = loadFamilies.find((family) => load.toLowerCase().startsWith(`${family.toLowerCase()}.`));
  if (own === undefined) return { kind: 'fit' };
  const shown = images.map((image) => ({
    image,
    families: loadFamilies.filter((family) => partFor(image, family) !== null),
  }));
  const others = shown.filter(({ families }) => families.length > 0 && !families.includes(own));
  const loadFamily = others[0]?.families[0];
  if (loadFamily === undefined) return { kind: 'fit' };
  const kind = shown.some(({ families }) => families.includes(own)) ? 'mixed' : 'other-family';
  return { kind, others: others.map(({ image }) => image), loadFamily };
}

/** The sum of what is known, and how many files it leaves out as their size is not. */
export function sumOfSizes(files: readonly FileSize[]): { bytes: number; unknown: number } {
  const known = files.filter(({ bytes }) => bytes !== null);
  return { bytes: known.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0), unknown: files.length - known.length };
}
