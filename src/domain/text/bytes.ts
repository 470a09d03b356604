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

const factors: Readonly<Record<string, number>> = { kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/** How much of it: `12 of 61 MB`. What is not whole never looks whole. */
export function progressText(bytes: number, size: number | null): string {
  if (size === null) return formatBytes(bytes);
  const whole = formatBytes(size);
  const [number = '', unit = ''] = whole.split(' ');
  if (bytes >= size) return `${number} of ${whole}`;
  const digits = number.includes('.') ? 10 : 1;
  const done = String(Math.floor((bytes / (factors[unit] ?? 1)) * digits) / digits);
  // What is missing may be less than a digit.
  return done === number ? `${bytes} of ${size} bytes` : `${done} of ${whole}`;
}

/** Reads `75MB`, `1.5 GB`, `900kB` as bytes, in units of 1000; `null` for anything else. */
export function parseSize(text: string): number | null {
  const [, number, unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)\s*(kB|MB|GB|TB)$/i.exec(text.trim()) ?? [];
  const factor = Object.entries(factors).find(([name]) => name.toLowerCase() === unit.toLowerCase())?.[1];
  return number === undefined || factor === undefined ? null : Math.round(Number(number) * factor);
}
