import { checksAgent } from '../../domain/network/checks-agent.js';
import type { DownloadOptions } from './download.js';

/**
 * How long ago (ms) a file was changed, by the server's own clock: its `Date` and `Last-Modified`.
 * @param url http or https
 * @returns `null` where that is not told, or the file is not given
 */
export async function ageOfFile(url: string, { fetch, timeoutMs, clock }: DownloadOptions): Promise<number | null> {
  const controller = new AbortController();
  const cancel = clock.after(timeoutMs, () => controller.abort());
  try {
    // Whether every server answers HEAD is not known: the body is left where it is.
    const headers = { 'accept-encoding': 'identity', 'user-agent': checksAgent };
    const response = await fetch(url, { redirect: 'manual', signal: controller.signal, headers });
    await response.body?.cancel();
    if (response.status !== 200) return null;
    const changed = Date.parse(response.headers.get('last-modified') ?? '');
    const now = Date.parse(response.headers.get('date') ?? '');
    return Number.isNaN(changed) || Number.isNaN(now) || changed > now ? null : now - changed;
  } catch {
    return null;
  } finally {
    cancel();
    controller.abort();
  }
}
