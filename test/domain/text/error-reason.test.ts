import { describe, expect, it } from '@jest/globals';
import { connectionReason, messageOf, writeReason } from '../../../src/domain/text/error-reason.js';

const withCode = (code: unknown, cause?: unknown): Error => Object.assign(new Error('not this'), { code, cause });

describe('why a file could not be written', () => {
  it.each([
    [withCode('ENOSPC'), 'the disk is full'],
    [withCode('ENOENT'), 'its folder does not exist'],
    [withCode('EMFILE'), 'EMFILE'],
    [withCode(7), 'unknown error'],
    [new Error('not this'), 'unknown error'],
    [null, 'unknown error'],
    ['a text', 'unknown error'],
  ])('%#: %j', (error, reason) => {
    expect(writeReason(error)).toBe(reason);
  });
});

describe('why a request had no answer', () => {
  it('is the first code among the error and its causes', () => {
    expect(connectionReason(withCode('ECONNREFUSED'))).toBe('ECONNREFUSED');
    expect(connectionReason(withCode(undefined, withCode('ENOTFOUND')))).toBe('ENOTFOUND');
    expect(connectionReason(withCode(20, withCode('ETIMEDOUT', withCode('EOTHER'))))).toBe('ETIMEDOUT');
  });

  it('is a word where there is none, however deep it is buried or however it turns in circles', () => {
    const circle: { cause?: unknown } = {};
    circle.cause = circle;
    for (const error of [null, undefined, 'a text', new Error('not this'), circle])
      expect(connectionReason(error)).toBe('the connection failed');
  });
});

describe('what an error says', () => {
  it.each([
    [new Error('too late'), 'too late'],
    ['a text', 'a text'],
    [null, 'null'],
  ])('%#: %p', (error, message) => {
    expect(messageOf(error)).toBe(message);
  });
});
