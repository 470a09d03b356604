import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseLoads } from '../../../src/files/firmware/loads.js';
import { folderSource } from '../../../src/serve/folder/folder.js';
import { lookOver } from '../../../src/serve/folder/overview.js';
import { overviewLines } from '../../../src/serve/folder/overview-text.js';
import { makeLoads } from '../../../src/simulator/files/loads.js';
import { HandClock } from '../../transport/support/hand-clock.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

describe('the look over a folder before it is served', () => {
  const folder = temporaryFolder();
  const look = async () => {
    const overview = await lookOver(folder.path, {
      folder: folderSource(folder.path, new HandClock()),
      readLoads: parseLoads,
    });
    return overviewLines('/srv/phones', overview);
  };
  beforeAll(() => {
    mkdirSync(folder.file('image'));
    mkdirSync(folder.file('.git'));
    writeFileSync(folder.file('.git/x.lic'), 'x');
    for (const [name, content] of Object.entries({
      'image/whole.loads': 'a.sbn\n',
      'image/a.sbn': 'a',
      '00CCFC123456.lic': 'x',
    }))
      writeFileSync(folder.file(name), content);
  });
  afterAll(() => folder.remove());

  it('counts what there is, and has nothing to say where nothing is wrong', async () => {
    expect(await look()).toEqual(['/srv/phones has 3 files: 1 load, 1 license.']);
  });

  it('tells what phones will miss', async () => {
    for (const [name, content] of Object.entries({
      'half.loads': 'a.sbn\nempty.sbn\nc.sbn\n',
      'empty.sbn': '',
      'page.loads': '<html>\n',
      'sip88xx.14-2-1-0101-26.loads': makeLoads('sip78xx.14-2-1-0101-26.loads', ['a.sbn']),
      '00ccfc123457.lic': 'x',
      '00CCFC123458_m2e.lic': '',
      'words.lic': 'x',
    }))
      writeFileSync(folder.file(name), content);
    expect(await look()).toEqual([
      '/srv/phones has 10 files: 4 loads, 4 licenses.',
      'Missing: half.loads needs a.sbn, empty.sbn (empty), c.sbn; phones cannot upgrade to it until that is beside it.',
      'Unreadable: page.loads is no .loads file that phones can use: the list holds a line that is not a file name.',
      'Unreadable: sip88xx.14-2-1-0101-26.loads is no .loads file that phones can use: it is signed as another load (sip78xx.14-2-1-0101-26.loads).',
      expect.stringMatching(
        /^Names: .*\(00CCFC123458_M2E\.lic\), and 2 files differ from that \(00CCFC123458_m2e\.lic, 00ccfc123457\.lic\)/,
      ),
      'Empty: 1 license without content (00CCFC123458_m2e.lic).',
    ]);
  });

  it('goes by what is served: not by what links lead out to, nor does it wait for a pipe', async () => {
    const served = temporaryFolder();
    const outside = temporaryFolder();
    writeFileSync(outside.file('kern.sbn'), 'x');
    writeFileSync(served.file('a.loads'), 'kern.sbn\n');
    symlinkSync(outside.file('kern.sbn'), served.file('kern.sbn'));
    symlinkSync('/dev/zero', served.file('zero.loads'));
    execFileSync('mkfifo', [served.file('pipe.loads')]);
    const { incomplete, unreadable } = await lookOver(served.path, {
      folder: folderSource(served.path, new HandClock()),
      readLoads: parseLoads,
    });
    const link = 'it is a link that leads out of the folder, and is not followed';
    expect(incomplete).toEqual([{ path: 'a.loads', missing: [`kern.sbn (${link})`] }]);
    expect(unreadable).toEqual([
      { path: 'pipe.loads', why: 'it is no regular file' },
      { path: 'zero.loads', why: link },
    ]);
    served.remove();
    outside.remove();
  });
});
