import { describe, expect, it } from '@jest/globals';
import { trustingDispatcher } from '../../../src/transport/connection/trust.js';
import { page } from '../support/raw-server.js';
import { certified, secureServer } from '../support/tls-server.js';

async function fetched(port: number, dispatcher: ReturnType<typeof trustingDispatcher>): Promise<string> {
  try {
    // `dispatcher` is undici's addition to the standard's options.
    const init = { ...(dispatcher === null ? {} : { dispatcher }) } as unknown as RequestInit;
    const response = await fetch(`https://127.0.0.1:${port}/x.loads`, init);
    return await response.text();
  } catch (error) {
    return String((error as { cause?: { code?: string } }).cause?.code);
  } finally {
    await dispatcher?.destroy();
  }
}

describe('whom file servers are trusted by', () => {
  it('is Node’s own list where nothing else was said', () => {
    expect(trustingDispatcher({ ca: [], insecure: false })).toBeNull();
  });

  it('also includes the given authorities, and then the name is checked as well', async () => {
    const server = await secureServer((_head, { socket }) => socket.write(page('load')));
    const { cert } = await certified();
    expect(await fetched(server.port, null)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    const given = trustingDispatcher({ ca: [cert], insecure: false });
    expect(await fetched(server.port, given)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(server.requests).toEqual([]);
    await server.close();
  });

  it('is everybody when --insecure says so', async () => {
    const server = await secureServer((_head, { socket }) => socket.write(page('load')));
    expect(await fetched(server.port, trustingDispatcher({ ca: [], insecure: true }))).toBe('load');
    await server.close();
  });
});
