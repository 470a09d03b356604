import { afterEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { axl, axlFault, htmlError, innerOf, refusal, soap, talk } from '../support/cluster.js';

// Other test files in this process do without.
afterEach(() => {
  nock.cleanAll();
});

const NAME = 'SEP001122AABBCC';
const UUID = 'b4fa8ba2-ccc1-419b-9c3b-a447d0ab3604';
const vendor = "<webAccess>1</webAccess>\n  <!-- &amp; kept --><note a='1'>Caf&#233; &lt; é</note><empty />";
const phone = (inner: string, name = NAME): string =>
  `<phone ctiid="9" uuid="{${UUID.toUpperCase()}}"><name>${name}</name><description>Desk</description>${inner}</phone>`;

describe('the settings of a phone', () => {
  it('are asked for by name, and the vendor configuration is cut out byte for byte', async () => {
    const { ucm, sent } = talk([
      axl(
        'getPhone',
        phone(
          `<loadInformation special="true">sip88xx.14-2-1-0101-26</loadInformation><vendorConfig>${vendor}</vendorConfig><lines><line><vendorConfig>not this</vendorConfig></line></lines>`,
        ),
      ),
    ]);
    expect(await ucm.settings(NAME)).toEqual({ ownLoad: 'sip88xx.14-2-1-0101-26', vendorConfig: vendor });
    expect(innerOf(sent[0]!, 'getPhone')).toBe(`<name>${NAME}</name>`);
    expect(sent[0]!.headers['soapaction']).toBe('"CUCM:DB ver=14.0 getPhone"');
    expect(sent[0]!.headers['content-type']).toBe('text/xml; charset=utf-8');
    expect(sent[0]!.body).toContain('xmlns:ns="http://www.cisco.com/AXL/API/14.0"');
  });

  it.each([
    ['the default of the model', '<loadInformation special="false">sip88xx.14-1</loadInformation>'],
    ['nothing', '<loadInformation xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'],
    ['an empty one', '<loadInformation special="true"></loadInformation>'],
    ['no element', ''],
  ])('have no load of their own where it is %s', async (_, element) => {
    const { ucm } = talk([axl('getPhone', phone(element))]);
    expect(await ucm.settings(NAME)).toEqual({ ownLoad: null, vendorConfig: null });
  });

  it('are not guessed where nothing says whose the load is', async () => {
    const { ucm } = talk([axl('getPhone', phone('<loadInformation>sip88xx.14-1</loadInformation>'))]);
    expect(await refusal(ucm.settings(NAME))).toMatchObject({
      code: 'ucm-unreadable',
      message: `The answer of Unified CM at cucm.example.com:8443 to getPhone for ${NAME} does not say whether the load is set on the phone itself.`,
    });
  });

  it('tell an empty vendor configuration from none', async () => {
    const { ucm } = talk([axl('getPhone', phone('<vendorConfig/>'))]);
    expect(await ucm.settings(NAME)).toMatchObject({ vendorConfig: '' });
  });

  it('are none for a phone that is not there, and an error for another phone', async () => {
    const { ucm } = talk([
      axlFault('Item not valid: The specified Phone was not found', 5007),
      axl('getPhone', phone('', 'SEP001122AABBCD')),
    ]);
    expect(await ucm.settings(NAME)).toBeNull();
    expect(await refusal(ucm.settings(NAME))).toMatchObject({ code: 'ucm-unreadable' });
  });

  it('are not asked for by what is no name of a phone', async () => {
    const { ucm, sent } = talk([]);
    for (const name of ["SEP' or 1=1", 'SEP00', '<name/>', '', 'ATA001122AABBCC'])
      expect(await refusal(ucm.settings(name))).toMatchObject({ code: 'ucm-refused', nothingChanged: true });
    expect(sent).toEqual([]);
  });
});

describe('a change', () => {
  it('is sent in the order of the schema, with the vendor configuration byte for byte', async () => {
    const { ucm, sent } = talk([axl('updatePhone', `{${UUID}}`)]);
    await ucm.change(NAME, { vendorConfig: vendor, ownLoad: 'sip88xx.12-0-3MPP0001-87' });
    expect(innerOf(sent[0]!, 'updatePhone')).toBe(
      `<name>${NAME}</name><loadInformation special="true">sip88xx.12-0-3MPP0001-87</loadInformation><vendorConfig>${vendor}</vendorConfig>`,
    );
    expect(sent[0]!.headers['soapaction']).toBe('"CUCM:DB ver=14.0 updatePhone"');
  });

  it('goes back to the default by nil, and says nothing of what stays', async () => {
    const { ucm, sent } = talk([axl('updatePhone', 'true'), axl('updatePhone', 'true')]);
    await ucm.change(NAME, { ownLoad: null });
    await ucm.change(NAME, { vendorConfig: '' });
    await ucm.change(NAME, {});
    expect(sent.map((one) => innerOf(one, 'updatePhone'))).toEqual([
      `<name>${NAME}</name><loadInformation xsi:nil="true"/>`,
      `<name>${NAME}</name><vendorConfig></vendorConfig>`,
    ]);
    expect(sent[0]!.body).toContain('xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"');
  });

  it.each([
    '</vendorConfig><description>x</description><vendorConfig>',
    '<webAccess>',
    '<a>&nope</a><',
    '<!DOCTYPE a>',
  ])('is not sent with a vendor configuration that is no XML by itself: %s', async (vendorConfig) => {
    const { ucm, sent } = talk([]);
    expect(await refusal(ucm.change(NAME, { vendorConfig }))).toMatchObject({
      code: 'ucm-refused',
      nothingChanged: true,
    });
    expect(sent).toEqual([]);
  });

  it('escapes a load, and refuses what XML cannot hold', async () => {
    const { ucm, sent } = talk([axl('updatePhone', 'true')]);
    await ucm.change(NAME, { ownLoad: 'a<b>&"\'' });
    expect(sent[0]!.body).toContain('<loadInformation special="true">a&lt;b&gt;&amp;&quot;&apos;</loadInformation>');
    expect(await refusal(ucm.change(NAME, { ownLoad: 'a\0' }))).toMatchObject({ nothingChanged: true });
  });

  it('is applied by name', async () => {
    const { ucm, sent } = talk([axl('applyPhone', `{${UUID}}`)]);
    await ucm.apply(NAME);
    expect(innerOf(sent[0]!, 'applyPhone')).toBe(`<name>${NAME}</name>`);
  });
});

describe('a change that fails', () => {
  const change = { ownLoad: 'sip88xx.14-2-1-0101-26' };

  it.each([
    ['a refused connection', { error: 'ECONNREFUSED' }, 'ucm-unreachable'],
    ['a name without an address', { error: 'ENOTFOUND' }, 'ucm-unreachable'],
    ['a certificate that is not trusted', { error: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'ucm-certificate'],
    ['a refused login', htmlError(401), 'ucm-login-refused'],
    ['a missing role', htmlError(403), 'ucm-role-missing'],
    [
      'a fault of a missing role',
      axlFault('The user is not authorized to perform this request', 5),
      'ucm-role-missing',
    ],
    ['a phone that is gone', axlFault('Item not valid: The specified Phone was not found', 5003), 'ucm-not-found'],
    ['a load that is refused', axlFault('Missing key value', -691), 'ucm-refused'],
    ['nothing at that path', [404, ''], 'ucm-not-ucm'],
    ['an unknown version of the interface', [599, ''], 'ucm-version'],
  ] as const)('by %s has changed nothing', async (_, answer, code) => {
    const { ucm, sent } = talk([answer as never]);
    expect(await refusal(ucm.change(NAME, change))).toMatchObject({ code, nothingChanged: true });
    expect(sent.length).toBeLessThanOrEqual(1);
  });

  it.each([
    ['a broken connection', { error: 'ECONNRESET' }, 'ucm-answer-lost'],
    ['a connection that was closed', { error: 'UND_ERR_SOCKET' }, 'ucm-answer-lost'],
    ['an answer that is cut off', [200, soap('<updatePhoneResponse>').slice(0, 150)], 'ucm-unreadable'],
    ['an empty answer', [200, ''], 'ucm-unreadable'],
    ['an error in plain text', [500, 'java.lang.OutOfMemoryError'], 'ucm-unreadable'],
    ['a gateway', [502, 'Bad Gateway'], 'ucm-unreadable'],
    ['a web page', [200, '<html><body>Welcome</body></html>', { 'content-type': 'text/html' }], 'ucm-not-ucm'],
    ['the answer of another request', axl('getPhone', phone('')), 'ucm-unreadable'],
    ['the word false', axl('updatePhone', 'false'), 'ucm-unreadable'],
  ] as const)('by %s may have been made, and is sent once', async (_, answer, code) => {
    const { ucm, clock } = talk([answer as never, axl('updatePhone', 'true')]);
    expect(await refusal(ucm.change(NAME, change))).toMatchObject({ code, nothingChanged: false });
    expect(nock.pendingMocks()).toHaveLength(1);
    expect(clock.waits).toEqual([]);
  });

  it('by silence may have been made', async () => {
    const { ucm } = talk([], { silentAt: '/axl/', timeoutMs: 60_000 });
    expect(await refusal(ucm.apply(NAME))).toMatchObject({
      code: 'ucm-answer-lost',
      nothingChanged: false,
      message:
        'The answer of Unified CM at cucm.example.com:8443 to a change was lost (there was no complete response within 60000 ms), so whether it was made is not known.',
    });
  });

  it('is sent again when it was not taken, after some seconds', async () => {
    const { ucm, clock, sent } = talk([htmlError(503), [503, ''], axl('updatePhone', 'true')]);
    await ucm.change(NAME, change);
    expect(sent).toHaveLength(3);
    expect(clock.waits).toEqual([5_000, 10_000]);
  });

  it('is given up when it is never taken', async () => {
    const { ucm, clock } = talk(Array.from({ length: 20 }, () => htmlError(503)));
    expect(await refusal(ucm.change(NAME, change))).toMatchObject({ code: 'ucm-busy', nothingChanged: true });
    expect(clock.monotonic()).toBeLessThanOrEqual(300_000);
    expect(clock.waits.slice(0, 5)).toEqual([5_000, 10_000, 20_000, 30_000, 30_000]);
  });
});

describe('the proof that the user may write', () => {
  it('is an update of a phone that cannot exist', async () => {
    const { ucm, sent } = talk([axlFault('Item not valid: The specified Phone was not found', 5003)]);
    expect(await ucm.proveWrite()).toBe('yes');
    expect(innerOf(sent[0]!, 'updatePhone')).toBe('<uuid>{00000000-0000-0000-0000-000000000000}</uuid>');
  });

  it.each([
    ['a web page with 403', htmlError(403)],
    ['a fault', axlFault('User is not authorized to perform updatePhone', 5)],
  ])('is no by %s', async (_, answer) => {
    expect(await talk([answer]).ucm.proveWrite()).toBe('no');
  });

  it.each([
    ['another fault', axlFault('Something else', 1), 'ucm-refused'],
    ['a success', axl('updatePhone', 'true'), 'ucm-unreadable'],
    ['a refused login', htmlError(401), 'ucm-login-refused'],
  ])('is none by %s', async (_, answer, code) => {
    expect(await refusal(talk([answer]).ucm.proveWrite())).toMatchObject({ code });
  });
});
