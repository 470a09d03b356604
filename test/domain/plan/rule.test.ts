import { describe, expect, it } from '@jest/globals';
import { ruleFrom } from '../../../src/domain/plan/rule.js';

describe('a rule template', () => {
  it.each([
    ['{files}/{load}.loads', 'http://h:1', 'http://h:1/L.loads'],
    ['{files}/{load}.loads', 'http://h:1/', 'http://h:1/L.loads'],
    ['{files}/$MAU_M2E.lic', 'http://h', 'http://h/$MAU_M2E.lic'],
    ['{files}/x', 'http://h/$$/$&', 'http://h/$$/$&/x'],
    ['{files}/x', 'http://h/{load}', 'http://h/{load}/x'],
    ['http://fixed/{other}', null, 'http://fixed/{other}'],
  ])('%s with the files at %s is %s', (template, at, expected) => {
    expect(ruleFrom(template, at, 'L')).toBe(expected);
  });

  it('that is not there gives no rule', () => {
    expect(ruleFrom(null, 'http://h', 'L')).toBeNull();
  });
});
