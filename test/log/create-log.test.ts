import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { silentLog } from '../../src/domain/ports/log.js';
import { createLog, type LogOptions } from '../../src/log/create-log.js';

/** Keeps what is written, slowly if asked, so that lines are still under way at the close. */
class Kept extends Writable {
  text = '';
  constructor(readonly slow = false) {
    super({ decodeStrings: false });
  }
  override _write(chunk: string, _encoding: string, done: () => void): void {
    this.text += chunk;
    if (this.slow) setImmediate(done);
    else done();
  }
}

const clock = { now: () => new Date(2026, 0, 31, 22, 14, 5, 123).getTime() };
/** Without the time, which is in this machine's zone. */
const untimed = (text: string): string => text.replaceAll(/^2026-01-31T22:14:05\.123[+-]\d\d:\d\d /gm, '');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleet-migrate-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options = (change: Partial<LogOptions>): LogOptions => ({ level: 'info', format: 'text', clock, ...change });

describe('the log', () => {
  it('writes one line an event, from its level up', async () => {
    const stream = new Kept();
    const log = createLog(options({ stream }));
    log.debug('not this');
    log.info('started', { targets: 254 });
    log.warn('slow');
    log.error('broken');
    await log.close();
    expect(untimed(stream.text)).toBe('info  started targets=254\nwarn  slow\nerror broken\n');
  });

  it('carries address and MAC on the lines of a phone', async () => {
    const stream = new Kept();
    const log = createLog(options({ stream }));
    const phone = log.child({ address: '10.0.0.5' });
    phone.info('connected');
    phone.child({ address: '10.0.0.5', mac: '00CCFC123456' }).info('identified', { address: '10.0.0.9' });
    log.info('found', { address: '10.0.0.6', mac: '00CCFC123457', model: '8841' });
    await log.close();
    expect(untimed(stream.text).replaceAll('info  ', '')).toBe(
      [
        '10.0.0.5 connected',
        '10.0.0.5 00CCFC123456 identified address=10.0.0.9',
        '10.0.0.6 00CCFC123457 found model=8841',
        '',
      ].join('\n'),
    );
  });

  it('gives the journal its priority in front, and neither time nor level', async () => {
    const stream = new Kept();
    const log = createLog(options({ stream, isJournal: true }));
    log.warn('slow\n<0>not a line', { tries: 2 });
    log.child({ address: '10.0.0.5' }).error('broken');
    await log.close();
    expect(stream.text).toBe('<4>slow\\x0a<0>not a line tries=2\n<3>10.0.0.5 broken\n');
    const json = new Kept();
    const other = createLog(options({ stream: json, isJournal: true, format: 'json' }));
    other.info('started');
    await other.close();
    expect(json.text).toMatch(/^<6>\{"at":"[^"]+","level":"info",.*"message":"started"\}\n$/);
  });

  it('hands lines to sinks with their level and time, with nothing secret, and closes them', async () => {
    const lines: unknown[] = [];
    let closed = 0;
    const sink = { write: (line: unknown) => void lines.push(line), close: async () => void (closed += 1) };
    const stream = new Kept();
    const log = createLog(options({ stream, level: 'error', fileLevel: 'info', sinks: [sink] }));
    expect([log.wants('info'), log.wants('debug')]).toEqual([true, false]);
    log.debug('not this');
    log.info('get http://me:hunter2@10.0.0.5/', { password: 'hunter2', list: [1] });
    await log.close();
    const at = clock.now();
    expect(lines).toEqual([
      { at, level: 'info', text: 'get http://[redacted]@10.0.0.5/ password=[redacted] list=[1]' },
    ]);
    expect([stream.text, closed]).toEqual(['', 1]);
  });

  it('writes JSON when asked', async () => {
    const stream = new Kept();
    const log = createLog(options({ stream, format: 'json' }));
    log.child({ address: '10.0.0.5' }).info('connected', { port: 80 });
    await log.close();
    expect(JSON.parse(stream.text)).toMatchObject({
      level: 'info',
      address: '10.0.0.5',
      mac: null,
      message: 'connected',
      port: 80,
    });
  });

  it('appends to a file, which may hold more than the stream', async () => {
    const file = join(folder, 'run.log');
    writeFileSync(file, 'earlier\n');
    const stream = new Kept();
    const log = createLog(options({ level: 'warn', stream, file, fileLevel: 'debug' }));
    log.debug('detail');
    log.warn('slow');
    await log.close();
    expect(readFileSync(file, 'utf8')).toMatch(/^earlier\n.* debug detail\n.* warn {2}slow\n$/);
    expect(stream.text).toMatch(/^.* warn {2}slow\n$/);
  });

  it('loses no line when closed at once', async () => {
    const file = join(folder, 'run.log');
    const stream = new Kept(true);
    const log = createLog(options({ stream, file }));
    for (let index = 0; index < 10_000; index += 1) log.info('line', { index });
    await log.close();
    for (const text of [readFileSync(file, 'utf8'), stream.text]) {
      const lines = text.split('\n');
      expect(lines).toHaveLength(10_001);
      expect(lines[9_999]).toMatch(/index=9999$/);
    }
  });

  it('drops what comes after the close, and closes once', async () => {
    const stream = new Kept();
    const log = createLog(options({ stream }));
    const phone = log.child({ address: '10.0.0.5' });
    await phone.close();
    phone.info('still open');
    const closing = log.close();
    log.info('too late');
    phone.info('too late');
    await Promise.all([closing, log.close()]);
    expect(untimed(stream.text)).toBe('info  10.0.0.5 still open\n');
    expect(stream.writable).toBe(true);
  });

  it('writes only to the file when there is no stream, and nowhere when there is none either', async () => {
    const file = join(folder, 'run.log');
    const log = createLog(options({ stream: null, file }));
    log.info('here');
    await log.close();
    expect(readFileSync(file, 'utf8')).toMatch(/ here\n$/);
    const nowhere = createLog(options({ stream: null }));
    nowhere.info('nothing');
    await nowhere.close();
  });

  it('gives stacks of errors at debug only', async () => {
    for (const level of ['debug', 'info'] as const) {
      const stream = new Kept();
      const log = createLog(options({ stream, level }));
      log.error('bug', { error: new Error('oops') });
      await log.close();
      expect(stream.text.includes('create-log.test')).toBe(level === 'debug');
      expect(stream.text.match(/\n/g)).toHaveLength(1);
    }
  });
});

describe('a log whose output breaks', () => {
  const failing = (): Writable =>
    new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error('gone'), { code: 'EPIPE' })) });

  it('lets the run go on and still closes', async () => {
    const file = join(folder, 'run.log');
    const log = createLog(options({ stream: failing(), file }));
    log.info('one');
    await new Promise((resolve) => setImmediate(resolve));
    log.info('two');
    await log.close();
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3);
  });

  it('says so once on the stream when it is the file', async () => {
    const stream = new Kept();
    const log = createLog(options({ stream, file: '/dev/full' }));
    log.info('one');
    log.info('two');
    await log.close();
    expect(stream.text.match(/the log file \/dev\/full cannot be written any more \(the disk is full\)/g)).toHaveLength(
      1,
    );
  });
});

describe('a log file that cannot be opened', () => {
  it.each([
    ['in a folder that is not there', () => join(folder, 'no', 'run.log'), 'its folder does not exist'],
    ['that is a folder', () => folder, 'it is a folder'],
  ])('%s is a usage error', (_name, path, reason) => {
    const sentence = `The log file ${path()} cannot be written: ${reason}; choose another with --log-file.`;
    const usage = expect.objectContaining({ code: 'usage', message: sentence });
    expect(() => createLog(options({ file: path() }))).toThrow(usage);
  });

  it('that is a pipe is one, too, instead of waiting for a reader', () => {
    const path = join(folder, 'pipe');
    spawnSync('mkfifo', [path]);
    expect(() => createLog(options({ file: path }))).toThrow(
      `The log file ${path} cannot be written: it is not a regular file; choose another with --log-file.`,
    );
  });
});

describe('the rights of a log file', () => {
  const modeAfter = async (umask: number, fileMode?: number): Promise<string> => {
    const path = join(folder, 'run.log');
    const usual = process.umask(umask);
    try {
      await createLog(options({ stream: null, file: path, ...(fileMode === undefined ? {} : { fileMode }) })).close();
    } finally {
      process.umask(usual);
    }
    return (statSync(path).mode & 0o777).toString(8);
  };

  it.each([
    [0, undefined, '600'],
    [0o277, undefined, '600'],
    [0o077, 0o640, '640'],
  ])('under umask %o, told %o, are %s', async (umask, mode, rights) => {
    expect(await modeAfter(umask, mode)).toBe(rights);
  });

  it('stay as they are where the file is there', async () => {
    writeFileSync(join(folder, 'run.log'), 'earlier\n', { mode: 0o644 });
    expect(await modeAfter(0o077)).toBe('644');
    expect(readFileSync(join(folder, 'run.log'), 'utf8')).toMatch(/^earlier\n/);
  });
});

describe('the silent log', () => {
  it('takes everything and says nothing', async () => {
    const log = silentLog.child({ address: '10.0.0.5' });
    log.debug('a');
    log.info('b', { c: 1 });
    log.warn('d');
    log.error('e');
    await expect(log.close()).resolves.toBeUndefined();
  });
});
