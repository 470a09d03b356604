import { describe, expect, it } from '@jest/globals';
import { usualWriteMethods, writeMethods } from '../../../src/domain/plan/write-methods.js';
import { triesFor } from '../../../src/phones/multiplatform/tries.js';

const inShort = (tries: ReturnType<typeof triesFor>): string[] =>
  tries.map(({ way, referer, after }) => `${way}${referer ? ' +referer' : ''}${after ? ` after ${after}` : ''}`);

describe('what is tried, in order', () => {
  it('is the forms, each without a Referer first', () => {
    expect(inShort(triesFor(usualWriteMethods, null, false))).toEqual([
      'partial-form',
      'partial-form +referer after ignored',
      'full-form',
      'full-form +referer after ignored',
    ]);
  });

  it('is by safety, however a profile lists the ways; an action is never begun twice for having had no effect yet', () => {
    const tries = triesFor([...writeMethods].reverse(), null, false);
    expect(inShort(tries).slice(4)).toEqual([
      'resync',
      'resync +referer after forbidden',
      'upgrade',
      'upgrade +referer after forbidden',
      'xml-post',
      'xml-post +referer after ignored',
    ]);
  });

  it('has the Referer at once where the page is only shown with one', () => {
    expect(inShort(triesFor(usualWriteMethods, null, true))).toEqual(['partial-form +referer', 'full-form +referer']);
  });

  it('begins with what worked on a phone of the same kind, and has it once', () => {
    expect(inShort(triesFor(usualWriteMethods, { way: 'full-form', referer: true }, false))).toEqual([
      'full-form +referer',
      'partial-form',
      'partial-form +referer after ignored',
      'full-form',
    ]);
  });

  it('has nothing that is not allowed, remembered or not', () => {
    expect(inShort(triesFor(['full-form'], { way: 'resync', referer: false }, true))).toEqual(['full-form +referer']);
  });

  it('never asks for an action anew without the Referer with which it was asked for first', () => {
    const tries = triesFor(['resync'], { way: 'resync', referer: true }, false);
    expect(tries).toEqual([{ way: 'resync', referer: true }]);
  });
});
