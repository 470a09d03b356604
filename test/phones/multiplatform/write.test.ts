import { describe, expect, it } from '@jest/globals';
import type { FormValues } from '../../../src/domain/plan/plan.js';
import type { TriedMethod } from '../../../src/domain/plan/write-methods.js';
import { writeStep } from '../../../src/phones/multiplatform/write.js';
import type { WriteResult } from '../../../src/phones/phones.js';
import { mac, type PaperPhone, paperPhone, type Oddity } from '../support/paper-phone.js';

const rule = 'http://10.0.0.5:6970/sip88xx.14-2-1-0101-26.loads';
const license = 'http://10.0.0.5:6970/$MAU_M2E.lic';
const all: FormValues = { upgradeRule: rule, authorizationRule: license, authorizationType: 'Classic' };
const before = { 1: 'http://old/x.loads', 2: '', 3: '0' };

/** What came of writing to a phone on paper, and the phone. */
async function write(
  oddity: Oddity = {},
  { set = all, tried = [] }: { set?: FormValues; tried?: readonly TriedMethod[] } = {},
): Promise<{ phone: PaperPhone; result: WriteResult; intents: number }> {
  const phone = paperPhone(before, oddity);
  let intents = 0;
  const onIntent = async (): Promise<void> => void (intents += 1);
  const result = await writeStep(await phone.view(), mac, set, phone.tools, onIntent, tried);
  return { phone, result, intents };
}

/** The partial form, sent before and answered kindly, with and without a `Referer`. */
const partialForms: TriedMethod[] = [false, true].map((referer) => ({
  ...{ way: 'partial-form', referer, manner: 'friendly', names: '1&2&3' },
}));

/** What was refused before anything was sent. */
async function refused(oddity: Oddity, set: FormValues = all): Promise<string> {
  const phone = paperPhone(before, oddity);
  const failed = writeStep(await phone.view(), mac, set, phone.tools, async () => {
    throw new Error('no intent may be told');
  });
  const error = await failed.then(
    () => ({ code: 'nothing', message: '' }),
    (thrown: { code: string; message: string }) => thrown,
  );
  expect(error.code).toBe('fields-missing');
  expect(phone.posted).toEqual([]);
  return error.message;
}

describe('reading back decides', () => {
  it('as sent: confirmed, with what changed', async () => {
    const { result, phone, intents } = await write();
    expect(result).toMatchObject({ result: 'confirmed', via: 'partial form' });
    expect(result.changes).toEqual([
      { field: 'upgradeRule', from: 'http://old/x.loads', to: rule },
      { field: 'authorizationRule', from: '', to: license },
    ]);
    expect(phone.posted.map(({ body }) => body.toString())).toEqual([
      `1=${encodeURIComponent(rule)}&2=${encodeURIComponent(license)}&3=0`,
    ]);
    expect(intents).toBe(1);
  });

  it('from another phone: nothing is known of ours, nothing is sent again, and who it is is said', async () => {
    const got = paperPhone({ 1: rule, 2: license, 3: '0' }, { mac: '00CCFC654321' }).page();
    const { result, phone } = await write({ applies: null, rereads: () => got });
    expect(result).toMatchObject({
      result: 'unread',
      other: { mac: '00CCFC654321', settings: { upgradeRule: rule, authorizationRule: license } },
    });
    expect(phone.posted).toHaveLength(1);
  });

  it('from another phone at first, then from ours: only ours counts', async () => {
    const stranger = paperPhone(before, { mac: '00CCFC654321' }).page();
    const { result } = await write({ rereads: (attempt) => (attempt === 1 ? stranger : null) });
    expect(result).toMatchObject({ result: 'confirmed' });
    expect(result.other).toBeUndefined();
  });

  it('as before after a refusal in words, each time: refused, with what was sent', async () => {
    const { result, phone } = await write({ applies: null, answers: 404 });
    expect(result).toMatchObject({ result: 'refused', more: false, detail: 'answered 404, read back as before' });
    expect(result.changes).toHaveLength(2);
    expect(phone.posted).toHaveLength(2);
  });

  it.each([200, 302, 500, 503, 'connection-lost'] as const)(
    'as before after %s: it may still take effect, and nothing else is tried before that is known',
    async (answers) => {
      const { result, phone } = await write({ applies: null, answers });
      expect(result).toMatchObject({ result: 'pending', more: true });
      expect(result.detail).toContain('read back as before so far');
      expect(result.changes).toHaveLength(2);
      expect(phone.posted).toHaveLength(1);
    },
  );

  it('as sent in spite of an error status: confirmed', async () => {
    expect((await write({ answers: 500 })).result).toMatchObject({ result: 'confirmed' });
  });

  it('as sent though nothing was answered: confirmed', async () => {
    const { result } = await write({ answers: 'connection-lost' });
    expect(result).toMatchObject({ result: 'confirmed', detail: 'not answered (in the middle), read back as sent' });
  });

  it('as before so far, and then for good: whoever waited for it comes back for the next way', async () => {
    const first = await write({ answers: 'connection-lost', applies: null });
    expect(first.result.tried).toEqual([{ way: 'partial-form', referer: false, manner: 'unanswered', names: '1&2&3' }]);
    const second = await write({}, { tried: first.result.tried });
    expect(second.result).toMatchObject({ result: 'confirmed', via: 'full form' });
    expect(second.result.tried).toHaveLength(2);
  });

  it('as before, refused in words after an earlier way was not: that one may still take effect', async () => {
    const { result } = await write({ applies: null, answers: 404 }, { tried: partialForms });
    expect(result).toMatchObject({ result: 'pending', more: false });
  });

  it.each<[string, Oddity['applies']]>([
    ['one field only', (sent, was) => ({ ...was, 1: sent['1'] ?? '' })],
    ['something else', (_sent, was) => ({ ...was, 1: 'http://else/y.loads' })],
    ['a shortened value', (sent, was) => ({ ...was, ...sent, 1: (sent['1'] ?? '').slice(0, 20) })],
  ])(
    'neither as sent nor as before, where the phone took %s: differs, and nothing is posted again',
    async (_what, applies) => {
      const { result, phone } = await write({ applies });
      expect(result).toMatchObject({ result: 'differs', via: 'partial form' });
      expect(phone.posted).toHaveLength(1);
    },
  );

  it('is tried three times, waiting longer each time', async () => {
    const { result, phone } = await write({ rereads: (attempt) => (attempt < 3 ? 'connect-refused' : null) });
    expect(result.result).toBe('confirmed');
    expect(phone.waits).toEqual([100, 200, 300]);
  });

  it('not at all: unread, and nothing is posted again', async () => {
    const { result, phone } = await write({ rereads: () => 'connect-refused' });
    expect(result).toMatchObject({ result: 'unread', detail: 'answered 200, not read back yet' });
    expect(result.changes).toHaveLength(2);
    expect([phone.posted.length, phone.rereads]).toEqual([1, 3]);
  });

  it.each([
    ['another phone’s page', paperPhone({ 1: rule, 2: license, 3: '0' }, { mac: '00CCFC999999' }).page()],
    ['a login page', { ...paperPhone(before).page(), body: '<title>Login</title>' }],
    ['an empty page', { ...paperPhone(before).page(), body: '' }],
  ])('by %s does not count', async (_what, page) => {
    const { result } = await write({ rereads: () => page });
    expect(result.result).toBe('unread');
  });

  it('lets an error that is no transport’s through', async () => {
    const phone = paperPhone(before);
    const broken = { ...phone.tools, reread: () => Promise.reject(new TypeError('a bug')) };
    await expect(writeStep(await phone.view(), mac, all, broken, async () => {})).rejects.toThrow('a bug');
  });
});

describe('the whole form', () => {
  const applies: Oddity['applies'] = (sent, was) => ('9' in sent ? { ...was, ...sent } : was);

  it('is every field as it is, ours changed, and no password field at all', async () => {
    const more = `<tr><td>Log</td><td><input name="9" value="$PN &amp; $MAC"></td></tr>
<tr><td>Password</td><td><input type="password" name="P10" value=""></td></tr>
<tr><td>Other</td><td><input type="password" name="P11" value="********"></td></tr>
<tr><td>Third</td><td><input type="text" name="P12" value=""></td></tr><input type="submit" name="go" value="Submit">`;
    const { result, phone } = await write({ more, applies }, { tried: partialForms });
    expect(result).toMatchObject({ result: 'confirmed', via: 'full form' });
    const [whole] = phone.posted;
    expect([...new URLSearchParams(whole?.body.toString())]).toEqual([
      ['1', rule],
      ['2', license],
      ['3', '0'],
      ['9', '$PN & $MAC'],
    ]);
  });

  it('goes in the bytes of the page’s own character set', async () => {
    const more = '<tr><td>Station</td><td><input name="9" value="Büro"></td></tr>';
    for (const [charset, bytes] of [
      ['latin1', 'B%FCro'],
      ['utf8', 'B%C3%BCro'],
    ] as const) {
      const { phone } = await write({ more, applies, charset }, { tried: partialForms });
      expect(phone.posted[0]?.body.toString()).toContain(`9=${bytes}`);
    }
  });

  it('is left out where the page no longer has a form that can be posted', async () => {
    const page = paperPhone(before, { form: '<form action="http://elsewhere/x" method="post">' }).page();
    const { result, phone } = await write({ applies: null, answers: 404, rereads: () => page });
    expect(result).toMatchObject({ result: 'refused', via: 'partial form', more: false });
    expect(phone.posted).toHaveLength(1);
  });
});

describe('where the form posts to', () => {
  it.each([
    ['bcisco.csc', '/admin/bcisco.csc'],
    ['/admin/bcisco.csc', '/admin/bcisco.csc'],
    ['/bcisco.csc', '/bcisco.csc'],
    ['../bcisco.csc', '/bcisco.csc'],
    ['./voice/../bsipura.spa', '/admin/bsipura.spa'],
    ['bsipura.spa', '/admin/bsipura.spa'],
    ['/bsipura.spa', '/bsipura.spa'],
    ['voice/bsipura.spa', '/admin/voice/bsipura.spa'],
    ['http://10.0.0.7:8080/admin/bcisco.csc', '/admin/bcisco.csc'],
    ['//10.0.0.7:8080/bcisco.csc', '/bcisco.csc'],
  ])('%j is %s', async (action, path) => {
    const { phone } = await write({ form: `<form action="${action}" method="POST">` });
    expect(phone.posted[0]?.path).toBe(path);
  });

  it('is resolved against where the page finally was', async () => {
    const form = '<form action="bsipura.spa" method="post">';
    const { phone } = await write({ path: '/admin/voice/advanced?tab=1', form });
    expect(phone.posted[0]?.path).toBe('/admin/voice/bsipura.spa');
  });

  it.each([
    ['', '/admin/advanced'],
    ['advanced', '/admin/advanced'],
    ['save.cgi', '/admin/save.cgi'],
    ['/admin/bcisco.csc?x=1', '/admin/bcisco.csc?x=1'],
    ['bcisco.csc/', '/admin/bcisco.csc/'],
    ['/admin/Bcisco.csc', '/admin/Bcisco.csc'],
    ['/admin/%62cisco.csc', '/admin/%62cisco.csc'],
    ['//10.0.0.7:8080/x', '/x'],
    ['/admin/upgrade', '/admin/upgrade'],
  ])('is refused where no form of a phone is known to post: %j is %s', async (action, path) => {
    const message = await refused({ form: `<form action="${action}" method="post">` });
    expect(message).toContain(`its form posts to "${action}" (${path})`);
  });

  it.each([
    '<form action="http://elsewhere.example/bcisco.csc" method="post">',
    '<form action="//10.0.0.8/bcisco.csc" method="post">',
    '<form action="http://10.0.0.7:9999/bcisco.csc" method="post">',
    '<form action="https://10.0.0.7:8080/bcisco.csc" method="post">',
    '<form action="javascript:send()" method="post">',
    '<form action="http://" method="post">',
    '<form action="bcisco.csc" method="get">',
    '<form action="bcisco.csc">',
  ])('is refused before anything is sent: %s', async (form) => {
    expect(await refused({ form })).toMatch(/its form (posts to .*, which is not on this phone|would be sent by get)/);
  });

  it('is refused in an encoding that no phone page has', async () => {
    expect(await refused({ form: '<form action="bcisco.csc" method="post" enctype="text/plain">' })).toContain(
      'text/plain',
    );
  });
});

describe('what cannot be written for sure', () => {
  it('is refused before anything is sent', async () => {
    expect(await refused({}, { authorizationType: 'Other' })).toContain('option');
    expect(await refused({}, { upgradeRule: 'http://old/x.loads' })).toContain('nothing to change');
    expect(await refused({ form: '<p>no form' })).toContain('not found for certain');
    const second = '<tr><td>Upgrade Rule:</td><td><input name="4"></td></tr>';
    expect(await refused({ more: second })).toContain('the label "Upgrade Rule:" is there more than once');
  });
});

describe('a form for files and text together', () => {
  it('is posted in that encoding', async () => {
    const form = '<form action="bcisco.csc" method="post" enctype="multipart/form-data">';
    const { phone } = await write({ form, applies: (_sent, was) => ({ ...was, 1: rule, 2: license }) });
    const [post] = phone.posted;
    expect(post?.contentType).toMatch(/^multipart\/form-data; boundary=----fleet-migrate-[0-9a-z]+$/);
    expect(post?.body.toString()).toContain(`name="1"\r\n\r\n${rule}\r\n`);
  });
});
