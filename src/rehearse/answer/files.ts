import type { RehearsedFiles } from '../../domain/rehearsal/rehearsal.js';
import type { Download } from '../model/network.js';
import { peakOf } from './at-once.js';

/**
 * What phones fetch from each file server, the most first.
 * @param endsAt the end of the night (ms since the epoch), for what had not come by then
 * @param link bits per second; `null`: none was named
 */
export function fetchedFiles(downloads: readonly Download[], endsAt: number, link: number | null): RehearsedFiles[] {
  const servers = [...new Set(downloads.map(({ server }) => server))];
  const told = servers.map((server): RehearsedFiles => {
    const own = downloads.filter((one) => one.server === server);
    const spans = own.map((one) => span(one, endsAt));
    const peak = peakOf(spans, link ?? Number.POSITIVE_INFINITY);
    const tookMs = own.reduce((sum, one) => sum + wouldTake(one, endsAt), 0);
    const wantedMs = own.reduce((sum, { wantsMs }) => sum + wantsMs, 0);
    return {
      ...{ server, phones: new Set(own.map(({ phone }) => phone)).size },
      bytes: Math.round(own.reduce((sum, { fetched }) => sum + fetched(), 0)),
      peakBitsPerSecond: Math.round(peak.much),
      peakAt: new Date(peak.at).toISOString(),
      ...{ linkBitsPerSecond: link, timesSlower: Math.max(1, Math.round((10 * tookMs) / wantedMs) / 10) },
    };
  });
  return told.sort((a, b) => b.bytes - a.bytes);
}

/** How long a download takes (ms): one that has not come by the end of the night goes on as it has come. */
function wouldTake({ bytes, from, to, fetched }: Download, endsAt: number): number {
  return to === null ? ((endsAt - from) * bytes) / Math.max(1, fetched()) : to - from;
}

/** What a download asks of the link until it has come: on a full link that is more than it gets. */
function span({ bytes, wantsMs, from, to }: Download, endsAt: number): { from: number; to: number; much: number } {
  const ms = Math.max(1_000, wantsMs);
  return { from, to: Math.max(from + ms, to ?? endsAt), much: (bytes * 8) / (ms / 1_000) };
}
