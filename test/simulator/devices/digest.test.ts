import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Behavior } from '../../../src/simulator/index.js';
import type { Lab } from '../support/lab.js';
import { lab, phoneWith } from '../support/lab.js';

const PATH = '/admin/advanced';

let open: Lab | undefined;
afterEach(() => open?.close());

async function challenge(behavior: Partial<Behavior>): Promise<string> {
  open = await lab(phoneWith({ auth: 'digest', ...behavior }));
  return (await open.get(PATH)).headers['www-authenticate'] ?? '';
}

interface Way {
  hash: 'md5' | 'sha256';
  qop: boolean;
  password?: string;
}

/** Answers a challenge as RFC 2617 says, on its own account. */
function answered(
  asked: string,
  nc: string,
  { hash, qop, password = 'cisco-admin-1' }: Way,
): { authorization: string } {
  const digest = (text: string): string => createHash(hash).update(text).digest('hex');
  const part = (name: string): string => new RegExp(`${name}="(\\w+)"`).exec(asked)?.[1] ?? '';
  const user = digest(`admin:spa admin:${password}`);
  const middle = qop ? `${part('nonce')}:${nc}:c:auth` : part('nonce');
  const response = digest(`${user}:${middle}:${digest(`GET:${PATH}`)}`);
  const more = qop ? `, nc=${nc}, cnonce="c", qop=auth` : '';
  const fields = `username="admin", realm="spa admin", nonce="${part('nonce')}", uri="${PATH}", opaque="${part('opaque')}"`;
  return { authorization: `Digest ${fields}, response="${response}"${more}` };
}

describe('a Digest challenge', () => {
  const HEX = '"[0-9a-f]{40}"';
  it.each<[Partial<Behavior>, string]>([
    [{}, `Digest  realm="spa admin", domain="/",nonce=${HEX},opaque=${HEX},algorithm="MD5",qop="auth"`],
    [{ digestQop: 'none' }, `Digest  realm="spa admin", domain="/",nonce=${HEX},opaque=${HEX},algorithm="MD5"`],
    [{ digestAlgorithm: 'unsaid' }, `Digest  realm="spa admin", domain="/",nonce=${HEX},opaque=${HEX},qop="auth"`],
    [
      { digestSpelling: 'standard', digestAlgorithm: 'SHA-256' },
      `Digest realm="spa admin", nonce=${HEX}, opaque=${HEX}, algorithm=SHA-256, qop="auth"`,
    ],
  ])('is spelled as its flags say: %j', async (behavior, pattern) => {
    expect(await challenge(behavior)).toMatch(new RegExp(`^${pattern}$`));
  });

  it.each<[Partial<Behavior>, Way]>([
    [{}, { hash: 'md5', qop: true }],
    [{ digestAlgorithm: 'unsaid' }, { hash: 'md5', qop: true }],
    [{ digestQop: 'none' }, { hash: 'md5', qop: false }],
    [{ digestAlgorithm: 'SHA-256' }, { hash: 'sha256', qop: true }],
    [
      { digestAlgorithm: 'SHA-256', digestQop: 'none', digestSpelling: 'standard' },
      { hash: 'sha256', qop: false },
    ],
  ])('takes the right answer and no other: %j', async (behavior, way) => {
    const asked = await challenge(behavior);
    const status = async (nc: string, other: Way): Promise<number> =>
      (await (open as Lab).get(PATH, { headers: answered(asked, nc, other) })).status;
    expect(await status('00000001', way)).toBe(200);
    expect(await status('00000002', { ...way, password: 'guess' })).toBe(401);
    expect(await status('00000003', { ...way, hash: way.hash === 'md5' ? 'sha256' : 'md5' })).toBe(401);
    expect(await status('00000004', { ...way, qop: !way.qop })).toBe(401);
    expect(open?.phone.snapshot().failedSignIns).toBe(3);
  });

  it.each([true, false])('goes stale after so many requests, and says so or not: %s', async (digestSaysStale) => {
    const asked = await challenge({ digestNonceUses: 2, digestSaysStale });
    const seen = [];
    for (const nc of ['00000001', '00000002', '00000003'])
      seen.push(await (open as Lab).get(PATH, { headers: answered(asked, nc, { hash: 'md5', qop: true }) }));
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 401]);
    const again = seen[2]?.headers['www-authenticate'] ?? '';
    expect(/stale/.test(again)).toBe(digestSaysStale);
    expect(open?.phone.snapshot().failedSignIns).toBe(0);
    const fresh = answered(again, '00000001', { hash: 'md5', qop: true });
    expect((await (open as Lab).get(PATH, { headers: fresh })).status).toBe(200);
  });
});
