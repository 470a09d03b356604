/** A file that a phone fetches for a load, and its size in bytes; `null` where the file server does not tell. */
export interface FileSize {
  name: string;
  bytes: number | null;
}

/**
 * Whether a load holds the images of several hardware platforms, of which a phone takes only its own: `rootfs88xx`, `rootfs288xx` and
 * `rootfs388xx` in one package (docs/knowledge/firmware.md#images-and-their-weight). A digit alone is none: `sb288xx` and `vc488xx` have no sister.
 * @param loadFamily e.g. `sip88xx`
 */
export function hasSeveralPlatforms(images: readonly string[], loadFamily: string): boolean {
  const hardware = loadFamily.replace(/^sip/i, '').toLowerCase();
  const parts = new Set<string>();
  for (const image of images) {
    const stem = image.toLowerCase().split('.', 1)[0] ?? '';
    if (hardware !== '' && stem.endsWith(hardware)) parts.add(stem.slice(0, -hardware.length));
  }
  return [...parts].some((part) => /\d$/.test(part) && parts.has(part.slice(0, -1)));
}

/** The sum of what is known, and how many files it leaves out as their size is not. */
export function sumOfSizes(files: readonly FileSize[]): { bytes: number; unknown: number } {
  const known = files.filter(({ bytes }) => bytes !== null);
  return { bytes: known.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0), unknown: files.length - known.length };
}
