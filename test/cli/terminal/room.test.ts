import { describe, expect, it } from '@jest/globals';
import { broken, roomOn } from '../../../src/cli/terminal/room.js';

describe('the room for words', () => {
  it.each([
    [{ isTTY: true, columns: 40 }, 40],
    [{ isTTY: true, columns: 200 }, 80],
    [{ isTTY: true, columns: 10 }, 30],
    [{ isTTY: true, columns: 0 }, 80],
    [{ columns: 40 }, 80],
    [{}, 80],
  ])('of %j is %d', (stream, room) => {
    expect(roomOn(stream)).toBe(room);
    expect(roomOn(stream, 78)).toBe(Math.min(room, 78));
  });
});

describe('a message', () => {
  const message = 'fleet-migrate: --window 25:00 is no time of a day; write it as 22:00-05:00, or leave it out.';

  it('goes into a pipe as it is: programs read lines', () => {
    expect(broken(message, {})).toBe(message);
  });

  it('breaks no word on a terminal', () => {
    expect(broken(message, { isTTY: true, columns: 40 })).toBe(
      'fleet-migrate: --window 25:00 is no time\n  of a day; write it as 22:00-05:00, or\n  leave it out.',
    );
    expect(broken('fleet-migrate: short.', { isTTY: true, columns: 40 })).toBe('fleet-migrate: short.');
  });

  it('leaves a command that is to be copied whole: half of it may do something else', () => {
    const command =
      'fleet-migrate --subnet 10.0.0.0/24 --profile mpp-to-enterprise --files http://10.0.0.5:6970 --dry-run';
    expect(broken(`fleet-migrate: 10.0.0.0/24 is a subnet; write: ${command}.`, { isTTY: true, columns: 40 })).toBe(
      `fleet-migrate: 10.0.0.0/24 is a subnet;\n  write:\n  ${command}`,
    );
  });
});
