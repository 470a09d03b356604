const units = ['kB', 'MB', 'GB', 'TB'] as const;

/** Bytes for people, in units of 1000 as networks and Cisco's downloads count: `812 bytes`, `61 MB`, `7.9 GB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  let value = bytes;
  let unit = -1;
  // What rounds to 1000 is one of the next unit.
  while (Number(value.toPrecision(3)) >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const rounded = value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : value.toFixed(0);
  return `${rounded} ${units[unit] ?? ''}`;
}
