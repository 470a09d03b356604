/** A firmware version that can be compared, from any of Cisco's spellings. */
export interface FirmwareVersion {
  major: number;
  minor: number;
  maintenance: number;
  /** Service release; 0 when there is none. */
  sr: number;
  /** Build; 0 when the spelling has none, so that `12.0(3)` as a minimum admits every build of it. */
  build: number;
}

/** `sip88xx.` in front, or the transition loads' `TLexE2M-`, says what the load is, not which version. */
const prefix = /^(?:[A-Za-z]\w{0,30}\.)?(?:[A-Za-z]\w{0,30}-)?/;
const numbers = /^(\d{1,3})[.-](\d{1,3})(?:[.-](\d{1,3})|\((\d{1,3})\))(.*)$/;

/**
 * Reads `11-0-1MPP-376`, `11-2-3MSR1-1`, `11-3-2MPP0001-609`, `12-0-3MPP0101-92`, `14-2-1-0101-26`, `12-5-1SR1-4`, `14-1-1MN-366`,
 * `12.0.3SR1`, `12.0(3)`, with or without the load family in front and `.loads` behind, with dots for dashes as release notes print them
 * (`12.0.1MPP0001.245`). `null` when it is none of these.
 *
 * The four digits of the padded spelling hold the service release in the first two: the guide calls `14-2-1-0101-26` 14.2.1SR1 and
 * `12-0-3MPP0101-92` 12.0.3SR1 while `12-0-3MPP0001-87` is 12.0.3 (G5).
 */
export function parseVersion(text: string): FirmwareVersion | null {
  const bare = text
    .trim()
    .replace(/\.loads$/i, '')
    .replace(prefix, '');
  const match = numbers.exec(bare);
  if (!match) return null;
  const suffix = parseSuffix(match[5] ?? '');
  if (!suffix) return null;
  const [major, minor, maintenance] = [match[1], match[2], match[3] ?? match[4]].map(Number) as [
    number,
    number,
    number,
  ];
  return { major, minor, maintenance, ...suffix };
}

/**
 * What may follow the three numbers; the groups are service release and build. Train letters are MPP, M (before SR), MN, C, ES…. Four digits
 * are a padded service release only behind the train or before a build: the `1036` of `14-0-1MN-1036` is a build. `7dev` is a developer's
 * build 7, and `SR4b` a later SR4.
 */
const suffixes = [
  /^[.-]?(?!SR)[A-Z]{1,4}(\d{2})\d{2}(?:[.-](\d{1,5})(?:dev)?)?$/i,
  /^[.-](\d{2})\d{2}[.-](\d{1,5})(?:dev)?$/i,
  /^(?:[.-]?(?!SR)[A-Z]{1,4}?)?(?:[.-]?SR(\d{1,2})[a-z]?)?(?:E?S\d{1,3})?(?:[.-](\d{1,5})(?:dev)?)?$/i,
];

function parseSuffix(suffix: string): { sr: number; build: number } | null {
  for (const pattern of suffixes) {
    const match = pattern.exec(suffix);
    if (match) return { sr: Number(match[1] ?? 0), build: Number(match[2] ?? 0) };
  }
  return null;
}

/** Negative, zero or positive, as `Array.sort` wants it. A total order over everything `parseVersion` reads. */
export function compareVersions(a: FirmwareVersion, b: FirmwareVersion): number {
  return a.major - b.major || a.minor - b.minor || a.maintenance - b.maintenance || a.sr - b.sr || a.build - b.build;
}

/** Whether `version` is `minimum` or newer. */
export function atLeast(version: FirmwareVersion, minimum: FirmwareVersion): boolean {
  return compareVersions(version, minimum) >= 0;
}

/** Writes a version as Cisco's documents do: `12.0(3)SR1`. */
export function formatVersion({ major, minor, maintenance, sr }: FirmwareVersion): string {
  return `${major}.${minor}(${maintenance})${sr > 0 ? `SR${sr}` : ''}`;
}
