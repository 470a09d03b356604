import { type FileSize, hasSeveralPlatforms, sumOfSizes } from './images.js';

/** What one phone will fetch for one load. */
export interface Pull {
  /** Names the phone: one that fetches two loads is one phone. */
  phone: string;
  /** `http://10.0.0.5:6970`. */
  server: string;
  /** e.g. `sip88xx`. */
  loadFamily: string;
  /** The `.loads` file and its images; null where they were not looked at. */
  files: readonly FileSize[] | null;
}

/** What the phones of a plan will fetch from one file server. */
export interface FirmwareDemand {
  /** `http://10.0.0.5:6970`. */
  server: string;
  phones: number;
  /** All of it; null where a size is not known. */
  bytes: number | null;
  /** What is known of it. */
  knownBytes: number;
  /** Whether phones may take less: a load holds images of several hardware platforms, and a phone takes its own. */
  atMost: boolean;
  /** Phones that upgrade at once (`--max-upgrading`); null: no limit was set. */
  slots: number | null;
  /** Speed of the link to the phones (`--link`); null: none was named. */
  linkBitsPerSecond: number | null;
  /** How long the link needs for all of it at its full speed; null where that is not known. */
  seconds: number | null;
}

/** How the phones may fetch. */
export interface FetchPace {
  slots: number | null;
  linkBitsPerSecond: number | null;
}

/** Adds up what phones will fetch, by file server, the most first. */
export function firmwareDemand(pulls: readonly Pull[], { slots, linkBitsPerSecond }: FetchPace): FirmwareDemand[] {
  const byServer = new Map<string, Pull[]>();
  for (const pull of pulls) {
    const ofServer = byServer.get(pull.server);
    if (ofServer) ofServer.push(pull);
    else byServer.set(pull.server, [pull]);
  }
  const demands = [...byServer].map(([server, all]): FirmwareDemand => {
    const sums = all.map(({ files }) => (files === null ? null : sumOfSizes(files)));
    const knownBytes = sums.reduce((sum, one) => sum + (one?.bytes ?? 0), 0);
    const bytes = sums.every((sum) => sum?.unknown === 0) ? knownBytes : null;
    return {
      server,
      phones: new Set(all.map(({ phone }) => phone)).size,
      bytes,
      knownBytes,
      atMost: all.some(({ files, loadFamily }) =>
        hasSeveralPlatforms(
          (files ?? []).map(({ name }) => name),
          loadFamily,
        ),
      ),
      slots,
      linkBitsPerSecond,
      seconds: bytes === null || linkBitsPerSecond === null ? null : Math.ceil((bytes * 8) / linkBitsPerSecond),
    };
  });
  return demands.sort((a, b) => b.knownBytes - a.knownBytes);
}

/** How much each phone will fetch in all, by its name in the pulls. Phones of which a size is not known are left out. */
export function bytesByPhone(pulls: readonly Pull[]): Map<string, number> {
  const byPhone = new Map<string, number | null>();
  for (const { phone, files } of pulls) {
    const before = byPhone.get(phone);
    const sum = files === null ? null : sumOfSizes(files);
    byPhone.set(phone, before === null || sum?.unknown !== 0 ? null : (before ?? 0) + sum.bytes);
  }
  return new Map([...byPhone].flatMap(([phone, bytes]) => (bytes === null ? [] : [[phone, bytes]])));
}
