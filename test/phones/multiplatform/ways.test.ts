import { describe, expect, it } from '@jest/globals';
import type { Change, FormValues } from '../../../src/domain/plan/plan.js';
import type { SettingsOffer, SettingsOffers } from '../../../src/domain/ports/settings-offer.js';
import {
  type TriedMethod,
  usualWriteMethods,
  methodName,
  type WriteMethod,
  writeMethods,
} from '../../../src/domain/plan/write-methods.js';
import type { Page } from '../../../src/transport/session/session.js';
import type { WriteTools } from '../../../src/phones/multiplatform/write.js';
import { writeStep } from '../../../src/phones/multiplatform/write.js';
import type { OnIntent, WriteResult } from '../../../src/phones/phones.js';
import { RunMethodMemory } from '../../../src/phones/method-memory.js';
import { mac, type Oddity, type PaperPhone, paperPhone, type Values } from '../support/paper-phone.js';

const rule = 'http://10.0.0.5:6970/sip88xx.14-2-1-0101-26.loads';
const upgradeOnly: FormValues = { upgradeRule: rule };
const withLicense: FormValues = { ...upgradeOnly, authorizationRule: 'http://10.0.0.5/$MAU.lic' };
const before: Values = { 1: '', 2: '', 3: '0' };

const loginPage = `<html><head><title>CP-8841-3PCC Configuration Utility</title></head><body><h1>Admin Login</h1>
<form><table><tr><td>Password:</td><td><input type="password" name="p"></td></tr></table></form></body></html>`;

/** Offers on paper, in the order made. */
class PaperOffers implements SettingsOffers {
  readonly made: (SettingsOffer & { document: string; phone: string; ours: string; open: boolean; fetched: number })[] =
    [];

  offer(document: string, phone: string, ours: string): SettingsOffer {
    const url = `http://${ours}:8080/settings/${this.made.length + 1}.xml`;
    const made = { document, phone, ours, url, open: true, fetched: 0, withdraw: () => void (made.open = false) };
    this.made.push(made);
    return made;
  }
}

interface Written {
  phone: PaperPhone;
  result: WriteResult;
  intents: (readonly Change[])[];
  offers: PaperOffers;
}

async function write(
  ways: readonly WriteMethod[],
  oddity: Oddity | ((offers: PaperOffers) => Oddity) = {},
  set: FormValues = upgradeOnly,
  more: Partial<WriteTools> = {},
): Promise<Written> {
  const offers = new PaperOffers();
  const phone = paperPhone(before, typeof oddity === 'function' ? oddity(offers) : oddity);
  const intents: (readonly Change[])[] = [];
  const tools = { ...phone.tools, methods: ways, offers, ...more };
  const onIntent: OnIntent = async (changes) => void intents.push(changes);
  const write = async (tried?: readonly TriedMethod[]): Promise<WriteResult> =>
    writeStep(await phone.view(), mac, set, tools, onIntent, tried);
  let result = await write();
  // As if each way had been given its time.
  while (result.result === 'pending' && result.more) result = await write(result.tried);
  return { phone, result, intents, offers };
}

const referers = (phone: PaperPhone): boolean[] => phone.posted.map(({ referer }) => referer !== undefined);
/** A phone that takes a post only with a `Referer`, and says so or not. */
const wantsReferer = (answers: number): Oddity => ({
  applies: (sent, was, _count, referer) => (referer === undefined ? was : { ...was, ...sent }),
  answers,
});

describe('the Referer', () => {
  it.each([200, 403])(
    'comes with the second try, after the first was answered %i and had no effect',
    async (answers) => {
      const { result, phone } = await write(usualWriteMethods, wantsReferer(answers));
      expect(result).toMatchObject({ result: 'confirmed', via: 'partial form with a Referer' });
      expect(referers(phone)).toEqual([false, true]);
    },
  );

  it.each([404, 500])('does not come where the phone says something else is wrong: %i', async (answers) => {
    const { phone } = await write(usualWriteMethods, { applies: null, answers });
    expect(referers(phone)).toEqual([false, false]);
  });

  it('that worked comes first on the next phone of the same model and firmware', async () => {
    const memory = new RunMethodMemory();
    await write(usualWriteMethods, wantsReferer(403), upgradeOnly, { memory });
    const { phone, result } = await write(usualWriteMethods, wantsReferer(403), upgradeOnly, { memory });
    expect([result.result, referers(phone)]).toEqual(['confirmed', [true]]);
  });
});

describe('a post answered with a page that asks for a password', () => {
  const login = { ...paperPhone(before).page(), body: loginPage };

  it('is sent once more after a read shows no effect; then it may still take effect, as after a kind answer', async () => {
    let posts = 0;
    const post: WriteTools['post'] = () => {
      posts += 1;
      return Promise.resolve(login);
    };
    const phone = paperPhone(before);
    const result = await writeStep(await phone.view(), mac, upgradeOnly, { ...phone.tools, post }, async () => {});
    expect(result).toMatchObject({ result: 'pending', more: true, via: 'partial form' });
    expect(result.detail).toContain('asking for a password, read back as before so far');
    expect([posts, phone.rereads]).toEqual([2, 2]);
  });

  it('says nothing against any way: the others have their time, and no Referer is tried', async () => {
    const { phone, result } = await write(usualWriteMethods, {}, upgradeOnly, { post: () => Promise.resolve(login) });
    expect(result).toMatchObject({ result: 'pending', more: false });
    expect(result.tried.map(methodName)).toEqual(['partial form', 'partial form', 'full form']);
    expect(phone.rereads).toBe(3);
  });

  it('where the way leaves nothing to read back: it may have begun, and is not asked for again', async () => {
    const act = (): Promise<Page> => Promise.resolve({ ...login, signIn: 'expired' });
    const { result } = await write(['upgrade', 'xml-post'], {}, upgradeOnly, { act });
    expect(result).toMatchObject({ result: 'sent', more: false });
  });

  it('says nothing against the way: signed in again by reading back, the same post is taken', async () => {
    const phone = paperPhone(before);
    let posts = 0;
    const post: WriteTools['post'] = (...request) => {
      posts += 1;
      const expired = { ...phone.page(), status: 302, body: '', signIn: 'expired' } as const;
      return posts === 1 ? Promise.resolve(expired) : phone.tools.post(...request);
    };
    const tools = { ...phone.tools, post };
    const result = await writeStep(await phone.view(), mac, upgradeOnly, tools, async () => {});
    expect(result).toMatchObject({ result: 'confirmed', via: 'partial form' });
    expect([posts, phone.posted.length]).toEqual([2, 1]);
  });
});

describe('a post answered by a bare 401', () => {
  it('may still take effect: nothing else follows before the old settings have been shown for long enough', async () => {
    const phone = paperPhone(before, { applies: null, answers: 401 });
    const result = await writeStep(await phone.view(), mac, upgradeOnly, phone.tools, async () => {});
    expect(result).toMatchObject({ result: 'pending', more: true, via: 'partial form' });
    expect(phone.posted).toHaveLength(1);
  });
});

describe('Direct Action resync', () => {
  const takes =
    (offers: PaperOffers) =>
    (path: string, was: Values): Values => {
      const offered = offers.made.find(({ url, open }) => open && path === `/admin/resync?${url}`);
      if (!offered) return was;
      offered.fetched += 1;
      return { ...was, 1: rule };
    };

  it('makes the phone fetch the settings of the step from us, only for as long as they are read back', async () => {
    const { result, phone, offers } = await write(['resync'], (made) => ({ acts: takes(made) }));
    expect(result).toMatchObject({
      result: 'confirmed',
      via: 'Direct Action resync',
      detail: 'answered 200, the phone fetched its settings, read back as sent',
      changes: [{ field: 'upgradeRule', from: '', to: rule }],
    });
    expect(phone.posted).toEqual([]);
    expect(offers.made).toEqual([expect.objectContaining({ phone: '10.0.0.7', ours: '10.0.0.9', open: false })]);
    expect(offers.made[0]?.document).toContain(`<Upgrade_Rule>${rule}</Upgrade_Rule>`);
  });

  it('comes after both forms had no effect, with its own intent', async () => {
    const { result, phone, intents } = await write(writeMethods, (made) => ({ applies: null, acts: takes(made) }));
    expect(result).toMatchObject({ result: 'confirmed', via: 'Direct Action resync' });
    expect([phone.posted.length, phone.acted.length]).toEqual([4, 1]);
    expect(intents.map(({ length }) => length)).toEqual([1, 1, 1, 1, 1]);
  });

  it('is given time: a phone that applies later is read until then', async () => {
    const slow = (made: PaperOffers): Oddity => {
      let taken: Values | null = null;
      return {
        acts: (path, was) => {
          taken = takes(made)(path, was);
          return was;
        },
        rereads: (attempt) => (attempt < 3 || !taken ? null : paperPhone(taken).page()),
      };
    };
    const { result, phone } = await write(['resync', 'xml-post'], slow);
    expect([result.result, phone.rereads, phone.posted]).toEqual(['confirmed', 3, []]);
  });

  it('that was fetched but shows no effect yet is left to be watched', async () => {
    const fetchesOnly = (made: PaperOffers): Oddity => ({
      acts: (path, was) => {
        takes(made)(path, was);
        return was;
      },
    });
    const { result, phone, offers } = await write(['resync'], fetchesOnly);
    expect(result).toMatchObject({ result: 'pending', via: 'Direct Action resync', more: false });
    expect(result.detail).toContain('the phone fetched its settings');
    expect([phone.posted, offers.made[0]?.open]).toEqual([[], false]);
  });

  it('that was never fetched is withdrawn before the next way', async () => {
    const { result, phone, offers } = await write(['resync', 'xml-post']);
    expect(result).toMatchObject({ result: 'pending', via: 'XML post with a Referer', more: false });
    expect([phone.acted.length, phone.posted.length, offers.made[0]?.open]).toEqual([1, 2, false]);
  });

  it('is left out where nothing serves settings', async () => {
    const nobody = write(['resync'], {}, upgradeOnly, { offers: null });
    await expect(nobody).rejects.toMatchObject({ code: 'fields-missing', message: /nothing serves settings/ });
  });
});

describe('Direct Action upgrade', () => {
  it('leaves no setting behind: nothing is confirmed, and a reader after a crash is not told otherwise', async () => {
    const { result, phone, intents } = await write(['upgrade']);
    expect(result).toMatchObject({ result: 'sent', via: 'Direct Action upgrade', changes: [] });
    expect(phone.acted).toEqual([`/admin/upgrade?${rule}`]);
    expect(intents).toEqual([[]]);
  });

  it.each(['connection-lost', 500] as const)(
    'that ended in %s may have been heard: nothing further is tried',
    async (answers) => {
      const { result, phone } = await write(['upgrade', 'xml-post'], { answers });
      expect([result.result, phone.acted.length, phone.posted]).toEqual(['sent', 1, []]);
    },
  );

  it('that is forbidden is tried with a Referer, then the next way', async () => {
    const { result, phone } = await write(['upgrade', 'xml-post'], { answers: 403 });
    expect([phone.acted.length, phone.posted.length]).toEqual([2, 2]);
    expect(result).toMatchObject({ result: 'refused', via: 'XML post with a Referer' });
  });

  it.each([[withLicense], [{ upgradeRule: 'http://10.0.0.5/$PSN.loads' }]])(
    'is for a plain URL alone: %j',
    async (set) => {
      await expect(write(['upgrade'], {}, set)).rejects.toMatchObject({ code: 'fields-missing' });
    },
  );
});

describe('the XML post', () => {
  it('carries the same small profile, and no credentials in its URL', async () => {
    const posted: string[] = [];
    const { result } = await write(['xml-post'], {}, withLicense, {
      post: (path, body) => {
        posted.push(path, body.toString());
        return Promise.resolve(paperPhone(before).page());
      },
    });
    expect(result).toMatchObject({ result: 'pending', via: 'XML post with a Referer' });
    expect(posted[0]).toBe('/admin/config.xml');
    expect(posted[1]).toContain('<Trans_Auth_Rule>http://10.0.0.5/$MAU.lic</Trans_Auth_Rule>');
  });
});

describe('another phone at the address between two ways', () => {
  it('ends the write: what it shows says nothing, and it gets nothing', async () => {
    const other = paperPhone(before, { mac: '00CCFC999999' }).page();
    const { result, phone } = await write(writeMethods, { applies: null, rereads: () => other });
    expect([result.result, phone.posted.length, phone.acted]).toEqual(['unread', 1, []]);
  });
});

describe('a form whose fields have other names when it is read back', () => {
  it('is posted once more under these before anything else is tried', async () => {
    let renamed = false;
    const { result, phone } = await write(usualWriteMethods, {
      applies: (sent, was) => ('11' in sent ? { ...was, 1: sent['11'] ?? '' } : was),
      rereads: () => {
        renamed = true;
        return null;
      },
      names: () => (renamed ? { 1: '11' } : {}),
    });
    expect(result).toMatchObject({ result: 'confirmed', via: 'partial form' });
    expect(phone.posted.map(({ body }) => body.toString().split('=')[0])).toEqual(['1', '11']);
  });
});
