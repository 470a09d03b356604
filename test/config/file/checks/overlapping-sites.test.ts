import { describe, expect, it } from '@jest/globals';
import { problemsOf } from '../read-support.js';

describe('sites that overlap', () => {
  it('are an error at the later one, which names the earlier one and its line', () => {
    const text = 'sites:\n  north:\n    subnets: [10.5.0.0/16, 10.1.0.0/16]\n  south:\n    subnets: 10.1.7.0/24\n';
    expect(problemsOf(text)).toEqual([
      '5:5 sites.south.subnets: 10.1.7.0/24 overlaps 10.1.0.0/16 of the site north (line 3); a phone can be in one site only',
    ]);
  });

  it('are found whichever is larger, and also by address and range', () => {
    expect(problemsOf('sites:\n  a: { targets: 10.1.7.5 }\n  b: { subnets: 10.1.0.0/16 }\n')).toEqual([
      '3:8 sites.b.subnets: 10.1.0.0/16 overlaps 10.1.7.5 of the site a (line 2); a phone can be in one site only',
    ]);
    expect(problemsOf('sites:\n  a: { targets: 10.1.7.5-9 }\n  b: { targets: [10.2.0.1, 10.1.7.9-12] }\n')).toEqual([
      '3:28 sites.b.targets[1]: 10.1.7.9-12 overlaps 10.1.7.5-9 of the site a (line 2); a phone can be in one site only',
    ]);
  });

  it('are found behind a smaller one that ends before', () => {
    const text = 'sites:\n  a: { subnets: [10.0.0.0/8, 10.0.0.0/24] }\n  b: { subnets: 10.200.0.0/16 }\n';
    expect(problemsOf(text)).toHaveLength(1);
  });

  it('are not those that touch, nor one site with itself', () => {
    const text =
      'sites:\n  a: { subnets: [10.0.0.0/24, 10.0.0.0/25], targets: 10.0.0.7 }\n  b: { subnets: 10.0.1.0/24 }\n';
    expect(problemsOf(text)).toEqual([]);
  });
});

describe('host names and inventories', () => {
  it('that two sites list are an error at the later one', () => {
    expect(
      problemsOf(
        'sites:\n  a: { targets: [10.0.0.1, Phone.example.com.], inventories: i.csv }\n  b:\n    targets: phone.example.com\n    inventories: [j.csv, i.csv]\n',
      ),
    ).toEqual([
      '4:5 sites.b.targets: phone.example.com is listed by the site a (line 2) too; a phone can be in one site only',
      '5:26 sites.b.inventories[1]: i.csv is listed by the site a (line 2) too; a phone can be in one site only',
    ]);
  });

  it('that one site lists twice are not', () => {
    expect(problemsOf('sites:\n  a: { targets: [phone, phone] }\n  b: { inventories: phone.csv }\n')).toEqual([]);
  });
});
