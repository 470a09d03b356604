import { expect, it } from '@jest/globals';
import type { Rehearsal } from '../../../src/domain/rehearsal/rehearsal.js';
import { runCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { startNetwork } from '../../support/network.js';

it('ends with 1 where the audit could not read a phone: nothing is known of its night', async () => {
  const folder = temporaryFolder();
  const network = await startNetwork([
    { model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 3 },
    { model: '8841', load: 'sip88xx.12-0-3MPP0001-87', behavior: { auth: 'basic', password: 'nobody-said-it' } },
  ]);
  const db = folder.file('fleet.db');
  await runCommand(['audit', ...network.scan, '--no-config', '--db', db]);
  await network.close();
  const luck = ['no-answer', 'deferred', 'failed', 'silent'].flatMap((name) => ['--assume', `${name}:0%`]);
  const night = ['--no-config', '--db', db, '--profile', 'mpp-to-enterprise', '--files', 'http://10.9.9.9:6970'];
  const { code, stdout } = await runCommand(['rehearse', ...night, ...luck, '--output', 'json']);
  const { unread, phones, nights } = JSON.parse(stdout) as Rehearsal;
  expect({ code, unread, phones, moved: nights[0]?.moved }).toEqual({ code: 1, unread: 1, phones: 4, moved: 3 });
  folder.remove();
});
