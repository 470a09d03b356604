import { describe, expect, it } from '@jest/globals';
import type { WebAccess } from '../../../src/fleet/unified-cm/web-access.js';
import { sleep } from '../../../src/domain/ports/clock.js';
import type { RunReport } from '../../../src/domain/report/report.js';
import { targets } from '../support/fleet.js';
import { type UcmScene, ucmScene } from '../support/ucm-scene.js';

/** An audit of three phones whose pages are off, with the phones that were opened, in order. */
interface Audit {
  scene: UcmScene;
  opened: string[];
  report: () => Promise<RunReport>;
}

/** @param answersAfter how long a web server takes from being seen on until it answers (ms); `null`: it is never seen on */
function auditOf(most: number | null, answersAfter: number | null): Audit {
  const scene = ucmScene([{}, {}, {}], { options: { profile: null } });
  const { b, phones } = scene;
  const { clock, ucm } = b.context;
  // Labels say nothing, and the run reads another order than Unified CM lists.
  const addresses = phones.map(({ address }) => address).reverse();
  const hints = Object.fromEntries(phones.map(({ address, mac }) => [address, { mac }]));
  b.context.targets = { ...targets(addresses, { hints, named: addresses }), most };
  const opened: string[] = [];
  const webAccess: WebAccess = {
    open: async ({ phone: { name } }) => {
      opened.push(name);
      await sleep(clock, 60_000);
      if (answersAfter === null) return false;
      const actor = phones.find((one) => one.name === name);
      await ucm?.registration(name);
      clock.after(answersAfter, () => actor && (actor.manner.web = true));
      return true;
    },
    putBack: () => Promise.resolve(),
    done: null,
  };
  b.context.webAccess = webAccess;
  return { scene, opened, report: () => b.go() };
}

describe('phones whose web server is switched on to read them', () => {
  it('are read from their pages, also where those take a moment to answer', async () => {
    const { opened, report } = auditOf(null, 3_000);
    const { phones } = await report();
    expect(phones.map(({ outcome, vid }) => [outcome, vid])).toEqual([
      ['audited', 'V05'],
      ['audited', 'V05'],
      ['audited', 'V05'],
    ]);
    expect(opened).toHaveLength(3);
  });

  it('are just those that a limited run reads', async () => {
    const { scene, opened, report } = auditOf(2, 0);
    const { phones } = await report();
    expect(phones.flatMap(({ mac, vid }) => (vid === 'V05' ? [`SEP${mac}`] : [])).sort()).toEqual([...opened].sort());
    expect(opened).toEqual([scene.phones[2]?.name, scene.phones[1]?.name]);
  });

  it('are read from Unified CM alone where it is not seen on', async () => {
    const { opened, report } = auditOf(null, null);
    const { phones } = await report();
    expect(phones.map(({ outcome, vid, mac }) => [outcome, vid, mac === null])).toEqual(
      Array.from({ length: 3 }, () => ['audited', null, false]),
    );
    expect(opened).toHaveLength(3);
  });
});

it('what is under way when a run ends at once is in its report', async () => {
  const { scene, report } = auditOf(null, 0);
  const { clock, stop } = scene.b;
  const done = { switched: 3, notPutBack: 3 };
  scene.b.context.webAccess = {
    ...scene.b.context.webAccess!,
    done,
    putBack: async () => {
      stop.request('SIGINT');
      stop.request('SIGINT');
      await sleep(clock, 500);
      done.notPutBack = 1;
    },
  };
  expect((await report()).run).toMatchObject({ interrupted: 'SIGINT', webAccess: { switched: 3, notPutBack: 1 } });
});
