import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { checkLogTarget } from '../../src/log/check-target.js';
import { temporaryFolder } from '../support/command/temporary-folder.js';

describe('a log that goes to the syslog of this machine', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  it('needs the logger command', () => {
    mkdirSync(folder.file('a/logger'), { recursive: true });
    expect(() => checkLogTarget('syslog', `${folder.file('a')}:${folder.file('none')}`)).toThrow(
      /^--log-to syslog needs the logger command of util-linux, .*; install it, or send to .*syslog:\/\/127\.0\.0\.1\.$/,
    );
    writeFileSync(folder.file('logger'), '');
    expect(() => checkLogTarget('syslog', folder.path)).toThrow();
    chmodSync(folder.file('logger'), 0o755);
    expect(() => checkLogTarget('syslog', `${folder.file('none')}:${folder.path}`)).not.toThrow();
  });

  it('and no other does', () => {
    for (const text of ['journald', 'syslog://10.0.0.9', 'syslog+tcp://10.0.0.9'])
      expect(() => checkLogTarget(text, '')).not.toThrow();
  });
});
