import { readdirSync, statSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { openStore } from '../../../../src/store/open-store.js';
import { describeInPostgres, rowsOf, useCluster } from '../../support/open-test-store.js';
import type { Recorder } from '../../../../src/store/write/recorder.js';
import { allOf, waitingTarget } from '../../support/samples.js';
import { leftAside } from '../../../../src/store/write/aside.js';
import { temporaryFolder } from '../../../support/command/temporary-folder.js';
import { StandingClock } from '../../support/standing-clock.js';
import { sharingIn } from './sharing.js';

describeInPostgres('what workers may put on record', () => {
  const cluster = useCluster();
  const { sharing, job, by, handOut, takeOf, takeOne, recordersOf, endLeases } = sharingIn(cluster);

  it('lets a worker put on record only what is of its job, and an intent only within its lease', () =>
    sharing(async (work, store, path) => {
      await handOut(work, job('10.0.0.5'));
      const taken = await takeOne(work);
      const errors: unknown[] = [];
      const recorder = recordersOf(store).of(taken, { onError: (error) => errors.push(error) });
      await recorder.intent(waitingTarget({ state: 'writing' }), {});
      await endLeases(path);
      await expect(recorder.intent(waitingTarget({ state: 'writing' }), {})).rejects.toMatchObject({
        code: 'store-lost',
      });
      // What was only seen is still worth keeping, while nobody else has it.
      recorder.event({ event: 'evidence', at: '2026-01-15T01:00:00.000Z', address: null, mac: null, text: 'late' });
      await recorder.flush();
      await work.expire();
      await takeOne(work);
      recorder.event({ event: 'evidence', at: '2026-01-15T01:00:00.000Z', address: null, mac: null, text: 'too late' });
      await expect(recorder.flush()).rejects.toMatchObject({ code: 'store-lost' });
      await recorder.close().catch(() => {});
      expect((await allOf(store.eventsOf('tonight'))).map(({ event, text }) => text ?? event)).toEqual([
        'intent',
        'late',
      ]);
    }));

  it('keeps on this machine what a worker has seen while the database is away, for the next worker here to store', () =>
    sharing(async (work, store, path) => {
      const folder = temporaryFolder();
      await handOut(work, job('10.0.0.5'), job('10.0.0.6'));
      const taken = await takeOf(work, 'Köln "Süd"', 'move', 2);
      const told: unknown[] = [];
      const all = store.jobRecorders('tonight', { asideIn: folder.file('aside') });
      const recorders = taken.map((one) => all.of(one, { onError: (error) => told.push(error) }));
      await cluster().stop();
      for (const [who, recorder] of recorders.entries()) {
        recorder.event({ event: 'evidence', at: '2026-01-15T01:00:00.000Z', address: null, mac: null, who });
        await expect(recorder.flush()).rejects.toMatchObject({ code: 'store-away' });
      }
      expect(readdirSync(folder.file('aside'))).toHaveLength(1);
      expect(statSync(folder.file('aside')).mode & 0o777).toBe(0o700);
      await cluster().start();
      const beside = { isAlive: () => true };
      expect(leftAside(folder.file('aside'), beside)).toHaveLength(1);
      // The second one is another worker's by now.
      const other = taken[1];
      if (other === undefined) throw new Error('there are two jobs');
      await work.giveBack([other]);
      const next = await openStore({ path, clock: new StandingClock() });
      const stored = [];
      for (const { left, clear } of leftAside(folder.file('aside'))) {
        const refused = await next.storeAside(left);
        for (const { taken: of } of left) stored.push([of.job.key, !refused.has(of)]);
        clear();
      }
      expect(stored.toSorted()).toEqual(
        [
          [taken[0]?.job.key, true],
          [other.job.key, false],
        ].toSorted(),
      );
      expect((await allOf(next.eventsOf('tonight'))).map(({ who }) => who)).toEqual([0]);
      expect(readdirSync(folder.file('aside'))).toEqual([]);
      await next.close();
      for (const recorder of recorders) await recorder.close().catch(() => {});
      folder.remove();
    }));

  it('takes no intent while the run is halted, or has ended, and says why', () =>
    sharing(async (work, store) => {
      await handOut(work, job('10.0.0.5'));
      const taken = await takeOne(work);
      const recorder = recordersOf(store).of(taken, { onError: () => undefined });
      expect(await work.halts(['tonight', 'unknown'])).toEqual(new Map());
      await work.halt({ kind: 'stop', why: 'Five phones failed.' }, by);
      expect(await work.halts(['tonight'])).toEqual(new Map([['tonight', 'Five phones failed.']]));
      await expect(recorder.intent(waitingTarget(), {})).rejects.toMatchObject({
        ...{ code: 'store-held', message: 'Five phones failed.' },
      });
      await work.halt(null, by);
      await recorder.intent(waitingTarget(), {});
      await recorder.close();
    }));

  it('lets phones that were written to have their next step when the run has stopped itself, and no others', () =>
    sharing(async (work, store) => {
      await handOut(work, job('10.0.0.5'), job('10.0.0.6'));
      const taken = await takeOf(work, 'Köln "Süd"', 'move', 2);
      const all = recordersOf(store);
      const recorderOf = (key: string): Recorder => {
        const of = taken.find((one) => one.job.key === key);
        if (of === undefined) throw new Error(key);
        return all.of(of, { onError: () => undefined });
      };
      const [touched, fresh] = [recorderOf('10.0.0.5'), recorderOf('10.0.0.6')];
      await touched.intent(waitingTarget({ address: '10.0.0.5', state: 'writing' }), {});
      await work.halt({ kind: 'trip', why: 'Five phones failed.' }, by);
      await touched.intent(waitingTarget({ address: '10.0.0.5', state: 'writing' }), {});
      await expect(fresh.intent(waitingTarget({ address: '10.0.0.6' }), {})).rejects.toMatchObject({
        code: 'store-held',
      });
      await work.halt({ kind: 'pause', why: 'Lunch.' }, by);
      await expect(touched.intent(waitingTarget({ address: '10.0.0.5' }), {})).rejects.toMatchObject({
        code: 'store-held',
      });
      for (const one of [touched, fresh]) await one.close();
    }));

  it('takes no intent when nobody plans the run any more', () =>
    sharing(async (work, store, path) => {
      await handOut(work, job('10.0.0.5'));
      const recorder = recordersOf(store).of(await takeOne(work), { onError: () => undefined });
      await rowsOf(path, 'update locks set beat_ms = beat_ms - 200000');
      await expect(recorder.intent(waitingTarget(), {})).rejects.toMatchObject({
        ...{ code: 'store-held', message: 'The planner of the run is gone; a resume goes on with it.' },
      });
      await recorder.close();
    }));

  it('numbers the events of a run once, however many write them at once', () =>
    sharing(async (work, store) => {
      await handOut(work, ...['a', 'b', 'c', 'd'].map((key) => job(key)));
      const taken = await takeOf(work, 'Köln "Süd"', 'move', 4);
      const all = recordersOf(store);
      const recorders = taken.map((one) => all.of(one, { onError: () => undefined }));
      for (let turn = 0; turn < 10; turn += 1)
        await Promise.all(
          recorders.map((recorder, who) => {
            recorder.event({ event: 'evidence', at: '2026-01-15T01:00:00.000Z', address: null, mac: null, who, turn });
            return recorder.flush();
          }),
        );
      for (const recorder of recorders) await recorder.close();
      const events = await allOf(store.eventsOf('tonight'));
      expect(events).toHaveLength(40);
      for (const who of [0, 1, 2, 3])
        expect(events.filter((event) => event['who'] === who).map(({ turn }) => turn)).toEqual([...Array(10).keys()]);
    }));
});
