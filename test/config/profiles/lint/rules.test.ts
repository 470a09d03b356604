import { describe, expect, it } from '@jest/globals';
import { complaints, convert } from './made-up-profiles.js';

describe('rules', () => {
  it.each([
    [
      'upgradeRule',
      'http://10.0.0.5/all.loads',
      'error upgradeRule: expected {load} in it, or all phones get the same file.',
    ],
    [
      'upgradeRule',
      '{files}/{model}/{load}.loads',
      'error upgradeRule: expected no variable but {files} and {load}, found {model}.',
    ],
    [
      'upgradeRule',
      '{files}/{load.loads',
      'error upgradeRule: expected no variable but {files} and {load}, found {load.loads.',
    ],
    [
      'upgradeRule',
      '{files}/{load}}.loads',
      'error upgradeRule: expected no variable but {files} and {load}, found }.',
    ],
    [
      'upgradeRule',
      '{load}.loads',
      'error upgradeRule: expected a URL that begins with {files}, http://, https:// or tftp://.',
    ],
    [
      'upgradeRule',
      'ftp://10.0.0.5/{load}.loads',
      'error upgradeRule: expected a URL that begins with {files}, http://, https:// or tftp://.',
    ],
    [
      'upgradeRule',
      '($SWVER ne x)? {files}/{load}.loads',
      'error upgradeRule: expected one plain URL, without blanks, conditions, options or alternatives.',
    ],
    [
      'upgradeRule',
      '[--uid a --pwd b]{files}/{load}.loads',
      'error upgradeRule: expected one plain URL, without blanks, conditions, options or alternatives.',
    ],
    [
      'upgradeRule',
      '{files}/{load}.loads|{files}/b',
      'error upgradeRule: expected one plain URL, without blanks, conditions, options or alternatives.',
    ],
    ['upgradeRule', '{files}/{load}', 'warning upgradeRule: does not end in .loads, as firmware does.'],
    [
      'authorizationRule',
      '{files}/all.lic',
      'warning authorizationRule: is the same for every phone, yet each phone has a license of its own (G4).',
    ],
    [
      'authorizationRule',
      '{files}/{mac}.lic',
      'error authorizationRule: expected no variable but {files} and {load}, found {mac}.',
    ],
    [
      'authorizationRule',
      '/$MAU.lic',
      'error authorizationRule: expected a URL that begins with {files}, http://, https:// or tftp://.',
    ],
  ])('%s %j: %s', (key, rule, expected) => {
    expect(complaints({ ...convert, [key]: rule })).toContain(expected);
  });

  it.each(['http://10.0.0.5:6970/{load}.loads', 'tftp://10.0.0.5/{load}.loads', '{files}/a/{load}.loads?x=1'])(
    '%j is fine',
    (upgradeRule) => {
      expect(complaints({ ...convert, upgradeRule })).toEqual([]);
    },
  );

  it.each(['{files}/$(MAU).lic', '{files}/$MA/x.lic', 'https://h/$MAC', '{files}/{load}/$MAU.lic'])(
    '%j is fine',
    (authorizationRule) => {
      expect(complaints({ ...convert, authorizationRule })).toEqual([]);
    },
  );

  it('for a license need a type', () => {
    expect(complaints({ ...convert, authorizationType: null })).toEqual([
      'error authorizationType: is missing; it must be set every time the authorization rule is set.',
    ]);
  });

  it.each([
    ['Clasic', '; did you mean Classic?'],
    ['wcx', '; did you mean WxC?'],
    ['Perpetual', '.'],
  ])('with the type %s are refused before a phone is asked for it', (authorizationType, guess) => {
    expect(complaints({ ...convert, authorizationType })).toEqual([
      `error authorizationType: expected one of Classic, WxC, found "${authorizationType}"${guess}`,
    ]);
  });

  it.each(['Classic', 'WxC', 'classic', ' WxC'])('may have the type %j, as phones write it', (authorizationType) => {
    expect(complaints({ ...convert, authorizationType })).toEqual([]);
  });

  it.each(['again={n}', '?again', '?a={n}&b={n}', '?a={x}', '? {n}', '/{n}', '?{n}|x', '&a={n}'])(
    'are not made new by %j',
    (ending) => {
      expect(complaints({ ...convert, retrigger: { https: ending } })).toEqual([
        `error retrigger.https: expected an ending that begins with ? or # and has {n} in it once, found ${JSON.stringify(ending)}.`,
      ]);
    },
  );

  it('have endings for schemes that phones fetch by', () => {
    expect(complaints({ ...convert, retrigger: { ftp: '?{n}' } })).toEqual(['error retrigger.ftp: unknown key.']);
  });
});
