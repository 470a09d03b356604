import { afterEach, describe, expect, it } from '@jest/globals';
import { limitsFor } from '../../../src/transport/session/limits.js';
import { SessionPages, PageMemory } from '../../../src/transport/body/page-memory.js';
import type { HttpSession } from '../../../src/transport/session/session.js';
import { HandClock } from '../support/hand-clock.js';
import { page, rawServer, type RawServer } from '../support/raw-server.js';
import { openSession } from '../support/sessions.js';

const kb = 1024;

async function someTurns(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** How many of these have come to their end by now. */
async function through(promises: readonly Promise<unknown>[]): Promise<number> {
  let settled = 0;
  for (const promise of promises) void promise.catch(() => {}).finally(() => (settled += 1));
  await someTurns();
  return settled;
}

describe('the memory for pages', () => {
  const ended = new Error('the session has ended');
  const roomsOf = (rooms: PageMemory, count: number): SessionPages[] =>
    Array.from({ length: count }, () => new SessionPages(rooms));

  it('is for 256 pages at once, and for four of more than 256 KB', async () => {
    const rooms = new PageMemory();
    const sessions = roomsOf(rooms, 1_000);
    expect(await through(sessions.map((room) => room.pageBegins()))).toBe(256);
    expect(sessions.every((room) => room.fits(256 * kb))).toBe(true);
    expect(sessions.filter((room) => room.fits(256 * kb + 1))).toEqual(sessions.slice(0, 4));
  });

  it('lets everybody through who waits his turn, whatever he asks for', async () => {
    const rooms = new PageMemory();
    const visits = roomsOf(rooms, 1_000).map(async (room, index) => {
      for (const bytes of [100, 150 * kb, index % 3 === 0 ? 2_048 * kb : 200 * kb, 100]) {
        await room.pageBegins();
        if (!room.fits(bytes)) await room.waitForLarge();
        room.pageEnds();
      }
      room.leave(ended);
    });
    await Promise.all(visits);
    expect(roomsOf(rooms, 5).filter((room) => room.fits(2_048 * kb))).toHaveLength(4);
  });

  it('keeps room for a large page until the session ends, which then asks whenever it likes', async () => {
    const rooms = new PageMemory();
    const [first, ...others] = roomsOf(rooms, 300) as [SessionPages, ...SessionPages[]];
    await first.pageBegins();
    expect(first.fits(2_048 * kb)).toBe(true);
    first.pageEnds();
    expect(await through(others.map((room) => room.pageBegins()))).toBe(256);
    await first.pageBegins();
    expect(first.fits(2_048 * kb)).toBe(true);

    const large = others.slice(0, 4).map((room) => room.waitForLarge());
    expect(await through(large)).toBe(3);
    first.leave(ended);
    expect(await through(large)).toBe(4);
  });

  it('is given back by a session that ends, and no longer waited for', async () => {
    const rooms = new PageMemory();
    const sessions = roomsOf(rooms, 6);
    const waiting = sessions.map((room) => room.waitForLarge());
    expect(await through(waiting)).toBe(4);
    sessions[4]?.leave(ended);
    await expect(waiting[4]).rejects.toBe(ended);
    sessions[0]?.leave(ended);
    await waiting[5];
  });
});

const long = 'x'.repeat(300 * kb);

describe('sessions with pages of 300 KB', () => {
  let server: RawServer | undefined;
  let sessions: HttpSession[] = [];
  afterEach(async () => {
    for (const session of sessions.splice(0)) session.close();
    await server?.close();
  });

  const readers = async (answer: string, count: number): Promise<{ pages: Promise<number>[]; clock: HandClock }> => {
    server = await rawServer(
      (_head, { socket }) => void (/length/i.test(answer) ? socket.write(answer) : socket.end(answer)),
    );
    const { port } = server;
    const clock = new HandClock();
    const options = { clock, pageMemory: new PageMemory(), limits: limitsFor(3_000) };
    sessions = Array.from({ length: count }, () => openSession(port, options));
    return { clock, pages: sessions.map((session) => session.get('/').then(({ body }) => body.length)) };
  };
  const ways: [string, string][] = [
    ['announced', page(long)],
    ['not announced', `HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${long}`],
  ];

  it.each(ways)('%s: four are read, and each of the others when one of those has ended', async (_how, answer) => {
    const { pages } = await readers(answer, 12);
    const read: number[] = [];
    for (const [index, length] of pages.entries()) void length.then(() => read.push(index));
    for (let over = 0; over < 12; over += 1) {
      while (read.length <= over) await someTurns();
      expect(read.length).toBeLessThanOrEqual(over + 4);
      sessions[read[over] ?? 0]?.close();
    }
    expect(await Promise.all(pages)).toEqual(Array(12).fill(300 * kb));
    // Who found no room has left, and has asked once more.
    expect(server?.requests).toHaveLength(12 + 8);
  });

  it.each(ways)('%s: waiting for room takes none of the phone’s time', async (_how, answer) => {
    const { pages, clock } = await readers(answer, 5);
    expect(await through(pages)).toBe(4);
    // Longer than any deadline: the four are over, and the fifth has all of its time still.
    clock.pass(100_000);
    expect(await Promise.all(pages)).toEqual(Array(5).fill(300 * kb));
  });

  it('what is posted is posted once, and its answer read whatever it is', async () => {
    const { pages } = await readers(page(long), 4);
    await Promise.all(pages);
    const rooms = new PageMemory();
    for (const room of Array.from({ length: 4 }, () => new SessionPages(rooms))) await room.waitForLarge();
    const session = openSession(server?.port ?? 0, { pageMemory: rooms });
    sessions.push(session);
    expect((await session.post('/', 'a=b', 'application/x-www-form-urlencoded')).body).toHaveLength(300 * kb);
    expect(server?.requests.filter((head) => head.startsWith('POST'))).toHaveLength(1);
  });
});
