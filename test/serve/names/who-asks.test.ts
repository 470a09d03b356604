import { describe, expect, it } from '@jest/globals';
import { kindOf } from '../../../src/serve/names/file-kind.js';
import { macInName, saidOfItself, whoAsks } from '../../../src/serve/names/who-asks.js';

const phone = 'Cisco-CP-8841-3PCC/11.0 (00ccfc123456)';
const own = '10.0.0.5';

/** Who asks, by the path and what the client calls itself. */
function asking(path: string, userAgent: string | null, client = '10.0.0.7'): string | null {
  return whoAsks({ path, client, userAgent, protocol: userAgent === null ? 'tftp' : 'http' }, (one) => one === own);
}

describe('the phone that asks', () => {
  it('is the one that its User-Agent names, whatever it asks for', () => {
    expect(asking('rootfs88xx.14-2-1-0101-26.sbn', phone)).toBe('00CCFC123456');
    expect(asking('00CCFC123456_M2E.lic', phone)).toBe('00CCFC123456');
  });

  it('is told by the name of what only that phone asks for', () => {
    expect(asking('00ccfc123456.lic', 'Cisco-CP-8841-3PCC/12.0')).toBe('00CCFC123456');
    expect(asking('licenses/00CCFC123456.lic', null)).toBe('00CCFC123456');
    expect(asking('SEP00CCFC123456.cnf.xml.sgn', null)).toBe('00CCFC123456');
  });

  it('is not known where only the address could tell', () => {
    expect(asking('rootfs88xx.14-2-1-0101-26.sbn', null)).toBeNull();
    expect(asking('XMLDefault.cnf.xml', 'Cisco-CP-8841/14.2')).toBeNull();
  });

  it('is not known where something that is no phone fetches a license: it was not taken by its phone', () => {
    expect(asking('00CCFC123456.lic', 'curl/8.0')).toBeNull();
    expect(asking('00CCFC123456.lic', 'fleet-migrate')).toBeNull();
    expect(asking('00CCFC123456.lic', '')).toBeNull();
    expect(asking('00CCFC123456.lic', null, own)).toBeNull();
    // A browser may carry any number in parentheses.
    expect(asking('a.loads', 'Mozilla/5.0 (00ccfc123456)')).toBeNull();
  });

  it('is not known where it asks for the license of another', () => {
    expect(asking('00CCFC999999.lic', phone)).toBeNull();
  });
});

describe('a file by its name', () => {
  it.each([
    ['SEP00CCFC123456.cnf.xml', '00CCFC123456'],
    ['CTLSEP00CCFC123456.tlv', '00CCFC123456'],
    ['Cisco/CP-8851-3PCC/00ccfc123456.cfg', '00CCFC123456'],
    ['8851-3PCC.xml', null],
    ['00CCFC123456/a.sbn', null],
  ])('%s is for %s', (path, mac) => {
    expect(macInName(path)).toBe(mac);
  });

  it.each([
    ['image/sip88xx.14-2-1-0101-26.loads', 'firmware'],
    ['rootfs88xx.14-2-1-0101-26.sbn', 'image'],
    ['00CCFC123456.LIC', 'license'],
    ['SEP00CCFC123456.cnf.xml.sgn', 'settings'],
    ['8851-3PCC.xml', 'settings'],
    ['readme', 'other'],
  ])('%s is of the kind %s', (path, kind) => {
    expect(kindOf(path)).toBe(kind);
  });
});

describe('what a phone says of itself', () => {
  it.each([
    ['Cisco-CP-8841-3PCC/11.0 (00562b043615)', '00562B043615', '8841'],
    ['Cisco-CP-8851NR/14.2 (SEP00562B043615)', '00562B043615', '8851NR'],
    ['Cisco/SPA504G-7.4.9c (1234567890ab)', '1234567890AB', null],
    ['Cisco-CP7841/9.3', null, '7841'],
    ['Cisco-CP-8841-3PCC/11.0 (000000000000)', null, '8841'],
  ])('%s', (userAgent, mac, model) => {
    expect(saidOfItself(userAgent)).toEqual({ mac, model });
  });

  it('is nothing where something else asks, or does not say what it is', () => {
    expect([saidOfItself(null), saidOfItself('curl/8.5 (00562b043615)')]).toEqual([null, null]);
  });
});
