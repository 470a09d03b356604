import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';
import { describe, expect, it, jest } from '@jest/globals';
import { eventOut } from '../../../src/cli/run/live/run-events.js';
import { stopOnSignals } from '../../../src/cli/run/signals.js';
import { brokenBy, drained, flushed, tolerateBreaking, writeOut } from '../../../src/cli/terminal/write-out.js';
import { StopControl } from '../../../src/fleet/stop-control.js';

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** A pipe whose reader takes a piece only when told to. */
class SlowReader extends Writable {
  readonly taken: string[] = [];
  #next: (() => void) | null = null;

  constructor() {
    super({ highWaterMark: 4, decodeStrings: false });
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    this.taken.push(chunk);
    this.#next = done;
  }

  take(): void {
    const next = this.#next;
    this.#next = null;
    next?.();
  }

  get stream(): NodeJS.WriteStream {
    return this as unknown as NodeJS.WriteStream;
  }
}

/** A pipe that breaks at the first write. */
function brokenPipe(code: string): NodeJS.WriteStream {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })) });
  return stream as unknown as NodeJS.WriteStream;
}

describe('writing out', () => {
  it('waits for a slow reader, and leaves no listener behind however long that takes', async () => {
    const reader = new SlowReader();
    const pieces = Array.from({ length: 50 }, (_, index) => `piece ${index}`);
    let made = 0;
    const done = writeOut(
      reader.stream,
      (function* () {
        for (const piece of pieces) {
          made += 1;
          yield piece;
        }
      })(),
    );
    await turn();
    expect(made).toBe(1);
    for (let index = 0; index < pieces.length; index += 1) {
      reader.take();
      await turn();
    }
    await done;
    expect(reader.taken).toEqual(pieces);
    for (const event of ['drain', 'close', 'error']) expect(reader.listenerCount(event)).toBe(0);
  });

  it('ends quietly when the reader goes away', async () => {
    const stream = brokenPipe('EPIPE');
    tolerateBreaking(stream);
    await writeOut(stream, ['a', 'b']);
    await turn();
    await writeOut(stream, ['c']);
    expect(brokenBy(stream)).toBeNull();
  });

  it('remembers what else broke it', async () => {
    const stream = brokenPipe('ENOSPC');
    tolerateBreaking(stream);
    await writeOut(stream, ['a']);
    await turn();
    expect(brokenBy(stream)).toBe('ENOSPC');
    await flushed(stream);
    await drained(stream);
  });

  it('is flushed when the last piece is out of our hands', async () => {
    const reader = new SlowReader();
    reader.write('abc');
    let out = false;
    const done = flushed(reader.stream).then(() => (out = true));
    await turn();
    expect(out).toBe(false);
    reader.take();
    await turn();
    reader.take();
    await done;
  });
});

describe('a stream of events', () => {
  const event = { event: 'x', at: 't', address: null, mac: null };

  it('holds up the asking of further targets until its reader has caught up', async () => {
    const reader = new SlowReader();
    const out = eventOut(reader.stream, new AbortController().signal);
    await out.listening();
    out.write(event);
    let ready = false;
    const listening = out.listening().then(() => (ready = true));
    await turn();
    expect(ready).toBe(false);
    reader.take();
    await listening;
    expect(reader.taken).toEqual(['{"event":"x","at":"t","address":null,"mac":null}\n']);
  });

  it('holds up nothing any more once the run is to be wound up, or the reader is gone', async () => {
    const reader = new SlowReader();
    const stop = new AbortController();
    const out = eventOut(reader.stream, stop.signal);
    out.write(event);
    const listening = out.listening();
    stop.abort();
    await listening;
    await out.listening();

    const gone = brokenPipe('EPIPE');
    tolerateBreaking(gone);
    const other = eventOut(gone, new AbortController().signal);
    other.write(event);
    await turn();
    await other.listening();
    other.write(event);
  });
});

describe('signals', () => {
  it.each([
    ['SIGTERM', 'SIGINT', 'Send SIGTERM again to leave at once'],
    ['SIGHUP', 'SIGHUP', 'Send SIGHUP again to leave at once'],
    ['SIGINT', 'SIGHUP', 'Press ctrl-C again to leave at once'],
  ])('%s winds the run up, then %s ends it, and both say so; afterwards they are nobody’s', (first, second, again) => {
    const source = new EventEmitter();
    const stop = new StopControl();
    const say = jest.fn();
    const remove = stopOnSignals(stop, say, source);
    source.emit(first);
    expect([stop.reason, stop.gently.aborted, stop.now.aborted]).toEqual([first, true, false]);
    source.emit(second);
    expect([stop.reason, stop.now.aborted]).toEqual([first, true]);
    expect(say.mock.calls).toEqual([[expect.stringContaining(again)], [expect.stringContaining('Leaving')]]);
    remove();
    expect(source.eventNames()).toEqual([]);
  });
});
