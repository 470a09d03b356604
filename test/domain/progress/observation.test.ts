import { describe, expect, it } from '@jest/globals';
import { observe, type Sighting, type StatusWords, type Watched } from '../../../src/domain/progress/observation.js';
import type { AuthorizationRow, PhoneFacts } from '../../../src/domain/phone/facts.js';
import { enterprisePhone, mppPhone } from '../support/facts.js';

const load = 'sip88xx.14-2-1-0101-26';
const url = 'http://10.0.0.5:6970/00CCFC123456_M2E.lic';

const words: StatusWords = {
  isUpgrading: (text) => /^upgrad/i.test(text) && !/fail/i.test(text),
  isUpgradeFailure: (text) => /fail/i.test(text),
  isAuthorized: ({ code }) => code === '0',
  isAuthorizationFailure: ({ message }) => /failed/i.test(message),
  timeIn: (text) => (/\d\d:\d\d/.test(text) ? Date.parse(text.replace(/^.*?(\d+\/\d+\/\d+ [\d:]+).*$/s, '$1')) : null),
  withoutTimes: (text) => text.replace(/\d+\/\d+\/\d+ [\d:]+/g, ''),
};

function row(code: '0' | '1', at = '01/15/2026 01:00:00', of = url): AuthorizationRow {
  const message = code === '0' ? 'Authorization Succeeded.' : 'Authorization Failed. The license is not valid.';
  return { code, at, url: of, message, text: `[${code}][${at}][${of}]${message}` };
}

function converting(changed: Partial<Watched> = {}): Watched {
  return {
    step: { step: 'convert', load, set: { upgradeRule: `http://10.0.0.5:6970/${load}.loads` } },
    baseline: mppPhone(),
    authorizationUrl: url,
    familyAfter: 'enterprise',
    accepted: ['phone-on-load'],
    seenOnLoad: false,
    ...changed,
  };
}

function authorizing(changed: Partial<Watched> = {}): Watched {
  return converting({
    step: { step: 'authorize', load: null, set: { authorizationRule: url, authorizationType: 'Classic' } },
    familyAfter: 'multiplatform',
    accepted: ['authorization-row', 'authorization-type-shown'],
    ...changed,
  });
}

/** What a look at the phone means, in short: the event, then the failure's code where it is one. */
function seen(watched: Watched, facts: PhoneFacts): string {
  const { event, failure } = observe(watched, { kind: 'phone', facts }, words);
  return failure ? `${event} ${failure.code}` : event;
}

describe('silence and strangers', () => {
  it.each<Sighting>([
    { kind: 'silent', why: 'nobody answered' },
    { kind: 'unreadable', why: 'a page that is not its own' },
    { kind: 'other-phone', mac: '00CCFC999999' },
    { kind: 'other-phone', mac: null },
  ])('prove nothing and disprove nothing: $kind', (sighting) => {
    for (const watched of [converting(), converting({ seenOnLoad: true }), authorizing()])
      expect(observe(watched, sighting, words)).toEqual({ event: 'went-silent' });
  });
});

describe('a conversion', () => {
  const onLoad = enterprisePhone({ softwareVersion: load });

  it('is proven by the phone on its load, seen twice: phones may restart once more', () => {
    expect(seen(converting(), onLoad)).toBe('seen-on-load');
    expect(seen(converting({ seenOnLoad: true }), onLoad)).toBe('step-proven');
  });

  it('keeps what was seen as evidence, both times', () => {
    const text = `answers as enterprise with ${load}`;
    for (const seenOnLoad of [false, true]) {
      const { evidence } = observe(converting({ seenOnLoad }), { kind: 'phone', facts: onLoad }, words);
      expect(evidence).toEqual({ kind: 'phone-on-load', text });
    }
  });

  it('counts the load in another spelling, not in another family', () => {
    expect(seen(converting(), enterprisePhone({ softwareVersion: `SIP88xx.14-2-1-0101-26.loads` }))).toBe(
      'seen-on-load',
    );
    expect(seen(converting({ seenOnLoad: true }), mppPhone({ softwareVersion: load }))).toBe('seen-failed wrong-load');
  });

  it('is never proven where the profile does not accept this evidence', () => {
    expect(seen(converting({ seenOnLoad: true, accepted: [] }), onLoad)).toBe('seen-on-load');
  });

  it('goes on while the phone is as before', () => {
    expect(seen(converting(), mppPhone())).toBe('seen-answering');
    expect(seen(converting(), mppPhone({ softwareVersion: 'SIP88XX.12-0-3MPP0001-87.loads' }))).toBe('seen-answering');
    expect(seen(converting(), mppPhone({ softwareVersion: null }))).toBe('seen-answering');
  });

  it('goes on while the phone is on a transition load', () => {
    const onTheWay = mppPhone({ family: 'transition', softwareVersion: 'sip88xx.TLexE2M-11-2-3C-12' });
    expect(seen(converting(), onTheWay)).toBe('seen-answering');
    expect(seen(converting(), { ...onTheWay, upgradeStatus: 'Upgrading' })).toBe('seen-upgrading');
  });

  it('fails when the phone comes back with something else', () => {
    expect(seen(converting(), enterprisePhone({ softwareVersion: 'sip88xx.12-5-1SR1-4' }))).toBe(
      'seen-failed wrong-load',
    );
    expect(seen(converting(), mppPhone({ softwareVersion: 'sip88xx.11-3-7MPP0001-31' }))).toBe(
      'seen-failed wrong-load',
    );
    const { failure } = observe(
      converting(),
      { kind: 'phone', facts: enterprisePhone({ softwareVersion: 'sip88xx.12-5-1SR1-4' }) },
      words,
    );
    expect(failure?.message).toContain('sip88xx.12-5-1SR1-4');
    expect(failure?.message).toContain(load);
  });

  it('goes on, and says so, while the phone is upgrading', () => {
    const observed = observe(
      converting(),
      { kind: 'phone', facts: mppPhone({ upgradeStatus: 'Upgrade in progress' }) },
      words,
    );
    expect(observed).toEqual({
      event: 'seen-upgrading',
      evidence: { kind: 'upgrade-status', text: 'Upgrade in progress' },
    });
  });

  it('fails in the phone’s own words, as its status or as a new row', () => {
    expect(seen(converting(), mppPhone({ upgradeStatus: 'Upgrade failed' }))).toBe('seen-failed upgrade-failed');
    const rows = ['[01/15/2026] Download failed: no such file', 'old'];
    // The row says why; the status only that.
    const facts = mppPhone({ upgradeStatus: 'Upgrade failed', firmwareUpgradeRows: rows });
    const { failure, evidence } = observe(
      converting({ baseline: mppPhone({ firmwareUpgradeRows: ['old'] }) }),
      { kind: 'phone', facts },
      words,
    );
    expect(failure).toMatchObject({ code: 'upgrade-failed', message: expect.stringContaining('no such file') });
    expect(evidence?.text).toBe('[01/15/2026] Download failed: no such file');
  });

  it('does not fail by what the phone said before the write', () => {
    const past = { upgradeStatus: 'Upgrade failed', firmwareUpgradeRows: ['[2025] Upgrade failed', '[2024] done'] };
    const watched = converting({ baseline: mppPhone(past) });
    expect(seen(watched, mppPhone(past))).toBe('seen-answering');
    // The same words once more are new: it failed again.
    const again = ['[2025] Upgrade failed', '[2025] Upgrade failed', '[2024] done'];
    expect(seen(watched, mppPhone({ ...past, firmwareUpgradeRows: again }))).toBe('seen-failed upgrade-failed');
  });

  it('fails when its license is refused, and goes on when it is granted', () => {
    expect(seen(converting(), mppPhone({ authorizationRows: [row('1')] }))).toBe('seen-failed authorization-failed');
    const granted = observe(converting(), { kind: 'phone', facts: mppPhone({ authorizationRows: [row('0')] }) }, words);
    expect(granted).toEqual({
      event: 'seen-answering',
      evidence: { kind: 'authorization-row', text: row('0').text },
    });
  });

  it('goes on when a refusal was followed by a success', () => {
    const rows = [row('0', '01/15/2026 01:30:00'), row('1', '01/15/2026 01:00:00')];
    expect(seen(converting(), mppPhone({ authorizationRows: rows }))).toBe('seen-answering');
  });

  it('counts the load above any row: who is there has arrived', () => {
    const facts = { ...onLoad, authorizationRows: [row('1')], upgradeStatus: 'Upgrade failed' };
    expect(seen(converting({ seenOnLoad: true }), facts)).toBe('step-proven');
  });
});

describe('an authorization', () => {
  const granted = mppPhone({ authorizationRows: [row('0')] });

  it('is proven by a row for our URL that was not there before', () => {
    expect(seen(authorizing(), granted)).toBe('step-proven');
  });

  it('is not proven by an old row, by one for another URL, or where rows are not accepted', () => {
    expect(seen(authorizing({ baseline: granted }), granted)).toBe('seen-answering');
    const other = mppPhone({ authorizationRows: [row('0', '01/15/2026 01:00:00', 'http://10.0.0.5:6970/x.lic')] });
    expect(seen(authorizing(), other)).toBe('seen-answering');
    expect(seen(authorizing({ accepted: [] }), granted)).toBe('seen-answering');
    expect(seen(authorizing({ authorizationUrl: null }), granted)).toBe('seen-answering');
  });

  it('does not look at dates: a phone without a time server writes those of its own', () => {
    const watched = authorizing({ baseline: mppPhone({ authorizationRows: [row('0', '01/15/2026 01:00:00')] }) });
    const rows = [row('0', '01/01/1970 00:00:41'), row('0', '01/15/2026 01:00:00')];
    expect(seen(watched, mppPhone({ authorizationRows: rows }))).toBe('step-proven');
  });

  it('is not proven by an old row that is shown anew with another time, nor failed by one', () => {
    for (const code of ['0', '1'] as const) {
      const watched = authorizing({ baseline: mppPhone({ authorizationRows: [row(code)] }) });
      const anew = mppPhone({ authorizationRows: [row(code, '01/15/2026 09:00:00')] });
      expect(seen(watched, anew)).toBe('seen-answering');
    }
    const failed = mppPhone({ firmwareUpgradeRows: ['[01/15/2026 01:00:00][x.loads]Upgrade failed'] });
    const later = mppPhone({ firmwareUpgradeRows: ['[01/15/2026 09:00:00][x.loads]Upgrade failed'] });
    expect(seen(converting({ baseline: failed }), later)).toBe('seen-answering');
  });

  it('is proven by a row that has pushed the oldest out of a full list', () => {
    const old = [row('0', '01/15/2026 03:00:00'), row('1', '01/15/2026 02:00:00'), row('0', '01/15/2026 01:00:00')];
    const now = [row('0', '01/15/2026 04:00:00'), ...old.slice(0, 2)];
    const watched = authorizing({ baseline: mppPhone({ authorizationRows: old }) });
    expect(seen(watched, mppPhone({ authorizationRows: now }))).toBe('step-proven');
  });

  it('is proven by the same text a second time, which is a second row', () => {
    const twice = mppPhone({ authorizationRows: [row('0'), row('0')] });
    expect(seen(authorizing({ baseline: granted }), twice)).toBe('step-proven');
  });

  it('fails by a refusal for our URL, in the phone’s own words', () => {
    const { failure } = observe(
      authorizing(),
      { kind: 'phone', facts: mppPhone({ authorizationRows: [row('1')] }) },
      words,
    );
    expect(failure?.message).toContain('The license is not valid.');
    const rows = [row('0', 'later'), row('1', 'earlier')];
    expect(seen(authorizing(), mppPhone({ authorizationRows: rows }))).toBe('step-proven');
  });

  it('goes on by words that are neither a success nor a known failure, and keeps them as evidence', () => {
    const unknown = { ...row('1'), message: 'Authorization pending.', text: `[1][at][${url}]Authorization pending.` };
    for (const watched of [authorizing(), converting()]) {
      const observed = observe(watched, { kind: 'phone', facts: mppPhone({ authorizationRows: [unknown] }) }, words);
      expect(observed).toEqual({
        event: 'seen-answering',
        evidence: { kind: 'authorization-row', text: unknown.text },
      });
    }
    expect(seen(authorizing(), mppPhone({ authorizationRows: [unknown, row('0')] }))).toBe('step-proven');
    expect(seen(authorizing(), mppPhone({ authorizationRows: [unknown, row('1')] }))).toBe(
      'seen-failed authorization-failed',
    );
  });

  it('is proven by Product Information filled where it was empty, with the type that was set', () => {
    expect(seen(authorizing(), mppPhone({ transitionAuthorizationType: 'Classic' }))).toBe('step-proven');
    expect(seen(authorizing(), mppPhone({ transitionAuthorizationType: ' classic ' }))).toBe('step-proven');
    expect(seen(authorizing(), mppPhone({ transitionAuthorizationType: 'WxC' }))).toBe('seen-answering');
    expect(
      seen(authorizing({ accepted: ['authorization-row'] }), mppPhone({ transitionAuthorizationType: 'Classic' })),
    ).toBe('seen-answering');
  });

  it.each(['Classic', 'WxC', null])('is not proven by it where the baseline was not empty but %j', (before) => {
    const watched = authorizing({ baseline: mppPhone({ transitionAuthorizationType: before }) });
    expect(seen(watched, mppPhone({ transitionAuthorizationType: 'Classic' }))).toBe('seen-answering');
  });

  it('is never proven by the select of the form, which says Classic on every phone', () => {
    const settings = {
      upgradeRule: '',
      authorizationRule: url,
      authorizationType: 'Classic',
      authorizationTypesOffered: ['Classic', 'WxC'],
    };
    expect(seen(authorizing(), mppPhone({ settings }))).toBe('seen-answering');
  });

  it('is not failed by an upgrade that failed', () => {
    expect(seen(authorizing(), mppPhone({ upgradeStatus: 'Upgrade failed' }))).toBe('seen-answering');
  });
});
