/** From Enterprise to Multiplatform, or the other way. A license is for one of them (guide G4). */
export type Direction = 'e2m' | 'm2e';

/** A license file. The real format is unknown; ours says in the clear which phone and direction it is for. */
export function makeLicense(mac: string, direction: Direction): Buffer {
  const lines = [
    '-----BEGIN SIMULATED LICENSE-----',
    `device=${mac}`,
    `direction=${direction}`,
    `seal=${Buffer.from(`${mac}/${direction}/simulated`).toString('base64')}`,
    '-----END SIMULATED LICENSE-----',
  ];
  return Buffer.from(`${lines.join('\n')}\n`);
}

/** Whether a phone with that MAC would take the license for that direction. */
export function licenseFits(content: Buffer, mac: string, direction: Direction): boolean {
  const text = content.toString('latin1');
  return new RegExp(`^device=${mac}$`, 'm').test(text) && new RegExp(`^direction=${direction}$`, 'm').test(text);
}

/** What a license file's name says: `00CCFC123456.lic` is for e2m, `00CCFC123456_M2E.lic` for m2e (guide G4). */
export function licenseName(name: string): { mac: string; direction: Direction } | null {
  const parts = /^([0-9A-F]{12})(_M2E|_E2M)?\.lic$/.exec(name);
  if (parts?.[1] === undefined) return null;
  return { mac: parts[1], direction: parts[2] === '_M2E' ? 'm2e' : 'e2m' };
}
