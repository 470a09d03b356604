import { describe, expect, it } from '@jest/globals';
import { madeOnce, remembering } from '../../../src/domain/text/remembering.js';

describe('What is found out about a text', () => {
  const counted = (): { of: (text: string) => number; asked: string[] } => {
    const asked: string[] = [];
    return { asked, of: remembering((text) => asked.push(text)) };
  };

  it('is found out once', () => {
    const { of, asked } = counted();
    expect([of('Product Name'), of('Product Name'), of('Serial Number')]).toEqual([1, 1, 2]);
    expect(asked).toEqual(['Product Name', 'Serial Number']);
  });

  it('is remembered of five hundred texts, none of them long, and then anew, so that no phone can fill the memory or keep others out', () => {
    const { of, asked } = counted();
    const long = 'x'.repeat(201);
    of(long);
    of(long);
    expect(asked).toHaveLength(2);
    for (let time = 0; time < 2; time += 1) for (let at = 0; at < 501; at += 1) of(`label ${at}`);
    expect(asked).toHaveLength(2 + 501 + 501);
  });
});

describe('What is made of a thing', () => {
  it('is made once for each', () => {
    let times = 0;
    const numberOf = madeOnce((of: { name: string }) => ({ of: of.name, number: (times += 1) }));
    const [a, b] = [{ name: 'a' }, { name: 'b' }];
    expect([numberOf(a), numberOf(b), numberOf(a)]).toEqual([
      { of: 'a', number: 1 },
      { of: 'b', number: 2 },
      { of: 'a', number: 1 },
    ]);
  });
});
