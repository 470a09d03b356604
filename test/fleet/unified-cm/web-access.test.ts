import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { silentLog } from '../../../src/domain/ports/log.js';
import { PauseControl } from '../../../src/fleet/pause-control.js';
import { putBackSettings } from '../../../src/fleet/unified-cm/put-back.js';
import { webAccessLeft, webAccessOf } from '../../../src/fleet/unified-cm/web-access.js';
import { StoreError } from '../../../src/store/store-error.js';
import { UcmError, type UcmRegistration } from '../../../src/ucm/ucm.js';
import { setting, WebAccessPhones as Phones } from '../support/web-access-phones.js';

describe('web access that is off', () => {
  it('is remembered, then switched on; when the phones are read, every byte is as before', async () => {
    const before = new Map([
      ['SEP1', '<a>1</a>\r\n<webAccess>1</webAccess><b/>'],
      ['SEP2', '<a>1</a>'],
      ['SEP3', null],
    ]);
    const phones = new Phones(new Map(before));
    const web = webAccessOf(phones.tools());
    expect(await phones.open(web)).toEqual(['SEP1', 'SEP2', 'SEP3']);
    expect([...phones.xml.values()]).toEqual([
      '<a>1</a>\r\n<webAccess>0</webAccess><b/>',
      '<a>1</a><webAccess>0</webAccess>',
      '<webAccess>0</webAccess>',
    ]);
    expect([...phones.on.values()]).toEqual([true, true, true]);
    for (const name of before.keys())
      expect(phones.log.indexOf(`borrow ${name}`)).toBeLessThan(phones.log.indexOf(`change ${name}`));
    await phones.run(web.putBack(true, phones.stop));
    expect([...phones.xml.values()]).toEqual(['<a>1</a>\r\n<webAccess>1</webAccess><b/>', '<a>1</a>', '']);
    expect(phones.rows).toEqual([]);
    expect(web.done).toEqual({ switched: 3, notPutBack: 0 });
  });

  it('is switched on for none while the run is paused, and then only where the window still has room', async () => {
    const phones = new Phones(
      new Map([
        ['SEP1', '<a>1</a>'],
        ['SEP2', '<a>1</a>'],
      ]),
    );
    const pause = new PauseControl(phones.clock);
    const web = webAccessOf({ ...phones.tools(), pause });
    pause.pause('somebody');
    const meanwhile = phones.clock.wait(3_600_000).then(() => {
      const log = [...phones.log];
      phones.outside.add('SEP2');
      pause.continue('somebody');
      return log;
    });
    expect(await phones.open(web)).toEqual(['SEP1']);
    expect(await meanwhile).toEqual([]);
    expect(phones.log).toEqual(['borrow SEP1', 'change SEP1', 'apply SEP1']);
  });

  it('comes back as it was, whatever else a phone has set', async () => {
    const piece = fc.constantFrom(
      '<a>1</a>',
      '\n',
      ' <b x="1"/>',
      '<!-- <webAccess>0</webAccess> -->',
      '<c><webAccess>7</webAccess></c>',
    );
    const own = fc.constantFrom(
      '',
      '<webAccess>1</webAccess>',
      '<webAccess>2</webAccess >',
      '<webAccess/>',
      '<webAccess x=">" />',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece), own, fc.array(piece), async (head, access, tail) => {
        const xml = [...head, access, ...tail].join('');
        const phones = new Phones(new Map([['SEP1', xml]]));
        const web = webAccessOf(phones.tools());
        await phones.open(web);
        await phones.run(web.putBack(false, phones.stop));
        expect(phones.xml.get('SEP1')).toBe(xml);
      }),
      { numRuns: 60 },
    );
  });

  it('stays off outside the window, as phones may be in use, which is told once', async () => {
    const phones = new Phones(
      new Map([
        ['SEP1', ''],
        ['SEP2', ''],
      ]),
    );
    phones.outside.add('SEP1');
    const told: unknown[] = [];
    const log = { ...silentLog, warn: (...line: unknown[]) => void told.push(line) };
    const web = webAccessOf({ ...phones.tools(), log });
    expect(await phones.open(web)).toEqual(['SEP2']);
    expect(phones.log).toEqual(['borrow SEP2', 'change SEP2', 'apply SEP2']);
    await phones.run(web.putBack(false, phones.stop));
    expect(told).toEqual([[expect.stringContaining('outside the window'), { phones: 1 }]]);
  });

  it('is put back by a later run, also where that one was killed at any point', async () => {
    for (const at of ['borrow SEP1', 'change SEP1', 'apply SEP1']) {
      const phones = new Phones(new Map([['SEP1', '<webAccess>1</webAccess>']]));
      phones.fail = (request) => {
        if (request === at) throw new Error('killed');
      };
      await expect(phones.open(webAccessOf(phones.tools()))).rejects.toThrow('killed');
      phones.fail = () => {};
      await phones.run(webAccessOf(phones.tools()).putBack(false, phones.stop));
      expect(phones.xml.get('SEP1')).toBe('<webAccess>1</webAccess>');
      expect(phones.rows).toEqual([]);
    }
  });

  it('is not switched on where that cannot be remembered', async () => {
    const phones = new Phones(new Map([['SEP1', '']]));
    phones.fail = (request) => {
      if (request.startsWith('borrow')) throw new StoreError('store-full', 'the disk is full');
    };
    await phones.open(webAccessOf(phones.tools()));
    expect(phones.log).toEqual(['borrow SEP1']);
    expect(phones.stop.gently.aborted).toBe(true);
  });

  it('is told where it could not be put back, and stays remembered', async () => {
    const phones = new Phones(new Map([['SEP1', '']]));
    const web = webAccessOf(phones.tools());
    await phones.open(web);
    phones.fail = () => {
      throw new UcmError('ucm-unreachable', 'no answer', true);
    };
    await phones.run(web.putBack(true, phones.stop));
    expect(web.done).toEqual({ switched: 1, notPutBack: 1 });
    expect(phones.rows).toHaveLength(1);
    phones.fail = () => {};
    const { back } = await phones.run(putBackSettings([...phones.rows], phones.tools(), setting.on));
    expect([back, phones.rows, phones.xml.get('SEP1')]).toEqual([['SEP1'], [], '']);
  });

  it('is tried again where putting it back failed once', async () => {
    const phones = new Phones(new Map([['SEP1', '<webAccess>1</webAccess>']]));
    const web = webAccessOf(phones.tools());
    await phones.open(web);
    let failures = 1;
    phones.fail = () => {
      if (failures-- > 0) throw new UcmError('ucm-answer-lost', 'no answer', false);
    };
    await phones.run(web.putBack(false, phones.stop));
    expect([web.done, phones.xml.get('SEP1')]).toEqual([{ switched: 1, notPutBack: 0 }, '<webAccess>1</webAccess>']);
  });

  it.each([
    ['setting, which was made', 'change SEP1', true],
    ['setting, which was not made', 'change SEP1', false],
    ['telling the phone', 'apply SEP1', false],
  ])('is switched on also where an answer is lost: to %s', async (_, request, isMade) => {
    const phones = new Phones(new Map([['SEP1', '<webAccess>1</webAccess>']]));
    let lost = 1;
    phones.fail = (asked) => {
      if (asked !== request || lost-- < 1) return;
      if (isMade) phones.xml.set('SEP1', '<webAccess>0</webAccess>');
      throw new UcmError('ucm-answer-lost', 'no answer', false);
    };
    const web = webAccessOf(phones.tools());
    expect([await phones.open(web), web.done]).toEqual([['SEP1'], { switched: 1, notPutBack: 1 }]);
    await phones.run(web.putBack(false, phones.stop));
    expect([phones.xml.get('SEP1'), web.done]).toEqual(['<webAccess>1</webAccess>', { switched: 1, notPutBack: 0 }]);
  });

  it('stays off, asked for once, where Unified CM refuses', async () => {
    const phones = new Phones(new Map([['SEP1', '']]));
    phones.fail = (request) => {
      if (request.startsWith('change')) throw new UcmError('ucm-refused', 'no', true);
    };
    expect(await phones.open(webAccessOf(phones.tools()))).toEqual([]);
    expect(phones.log).toEqual(['borrow SEP1', 'change SEP1']);
  });

  it('of an earlier run waits for the window to be put back, and is told; its own does not', async () => {
    const phones = new Phones(new Map(['SEP1', 'SEP2'].map((name) => [name, ''])));
    await phones.open(webAccessOf(phones.tools()));
    phones.outside.add('SEP2');
    const told: unknown[] = [];
    const log = { ...silentLog, warn: (...line: unknown[]) => void told.push(line) };
    const next = webAccessOf({ ...phones.tools(), log });
    await phones.run(next.putBack(false, phones.stop));
    expect([next.done, phones.rows.map(({ name }) => name)]).toEqual([{ switched: 0, notPutBack: 1 }, ['SEP2']]);
    expect(told).toContainEqual([expect.stringContaining('waits for the window'), { phones: 1 }]);

    const own = new Phones(new Map([['SEP1', '']]));
    const web = webAccessOf(own.tools());
    await own.open(web);
    own.outside.add('SEP1');
    await own.run(web.putBack(false, own.stop));
    expect([web.done, own.rows]).toEqual([{ switched: 1, notPutBack: 0 }, []]);
  });

  it('is put back for no more phones once the run is to end at once, and the others are counted', async () => {
    const names = Array.from({ length: 9 }, (_, at) => `SEP${at}`);
    const phones = new Phones(new Map(names.map((name) => [name, ''])));
    const web = webAccessOf(phones.tools());
    await phones.open(web);
    phones.fail = () => {
      phones.stop.request('SIGINT');
      phones.stop.request('SIGINT');
    };
    await phones.run(web.putBack(false, phones.stop));
    // Those that were under way come to their end.
    expect([web.done, phones.rows.length]).toEqual([{ switched: 9, notPutBack: 5 }, 5]);
  });

  it('counts where it is not known whether it was switched, until it is put back', async () => {
    const phones = new Phones(new Map([['SEP1', '']]));
    phones.fail = (request) => {
      if (request.startsWith('change')) throw new UcmError('ucm-answer-lost', 'no answer', false);
    };
    const web = webAccessOf(phones.tools());
    await phones.open(web);
    expect(web.done).toEqual({ switched: 1, notPutBack: 1 });
  });

  it('that an earlier run has left is told by a run that only reads, and left', async () => {
    const phones = new Phones(new Map([['SEP1', '']]));
    await phones.open(webAccessOf(phones.tools()));
    const asked = phones.log.length;
    const told: unknown[] = [];
    const log = { ...silentLog, warn: (...line: unknown[]) => void told.push(line) };
    const web = webAccessLeft({ ...phones.tools(), log });
    await web.putBack(false, phones.stop);
    expect([web.done, phones.log.length]).toEqual([{ switched: 0, notPutBack: 1 }, asked]);
    expect(told).toEqual([[expect.stringContaining('fleet-migrate ucm restore'), { phones: 1, ucm: 'Cucm1' }]]);
  });

  it.each([
    ['is on', { httpd: true }],
    ['is not known', { httpd: null }],
    ['is not registered', { registered: 'no' }],
    ['may be registered', { registered: 'unknown' }],
  ] as const)('is left alone where the phone, as Unified CM sees it, %s', async (_, seen) => {
    const phones = new Phones(new Map([['SEP1', '']]));
    expect(await phones.open(webAccessOf(phones.tools()), seen)).toEqual([]);
    expect(phones.log).toEqual([]);
  });

  it('is left alone without --enable-web-access', async () => {
    const phones = new Phones(new Map([['SEP1', '']]));
    const { ucm, ...tools } = phones.tools();
    expect(
      await phones.open(webAccessOf({ ...tools, ucm: { ...ucm, webAccess: { setting, isAllowed: false } } })),
    ).toEqual([]);
    expect(phones.log).toEqual([]);
  });

  it('that an earlier run has left is put back by the next one, which says so', async () => {
    const phones = new Phones(new Map([['SEP1', '']]));
    await phones.open(webAccessOf(phones.tools()));
    const next = webAccessOf(phones.tools());
    expect(next.done).toBeNull();
    await phones.run(next.putBack(false, phones.stop));
    expect([next.done, phones.rows]).toEqual([{ switched: 0, notPutBack: 0 }, []]);
  });

  it('is waited for while Unified CM says nothing, which is told once', async () => {
    const phones = new Phones(new Map(['SEP1', 'SEP2'].map((name) => [name, ''])));
    const told: string[] = [];
    const tools = phones.tools();
    const registration = (): Promise<UcmRegistration> =>
      Promise.reject(new UcmError('ucm-unreachable', 'no answer', true));
    const log = { ...silentLog, warn: (line: string) => void told.push(line) };
    const web = webAccessOf({ ...tools, log, ucm: { ...tools.ucm, registration } });
    await phones.open(web);
    expect(told.filter((line) => line.includes('does not say'))).toHaveLength(1);
    expect(phones.clock.monotonic()).toBeGreaterThanOrEqual(300_000);
  });

  it('that somebody has changed since is theirs', async () => {
    const phones = new Phones(new Map([['SEP1', '<webAccess>1</webAccess>']]));
    const web = webAccessOf(phones.tools());
    await phones.open(web);
    phones.xml.set('SEP1', '<webAccess>2</webAccess>');
    const sent = phones.log.length;
    await phones.run(web.putBack(false, phones.stop));
    expect([phones.xml.get('SEP1'), phones.rows, phones.log.slice(sent)]).toEqual(['<webAccess>2</webAccess>', [], []]);
  });
});
