import { writeFileSync } from 'node:fs';
import { temporaryFolder } from '../../../test/support/command/temporary-folder.js';
import { runCommand } from '../../../test/support/command/command.js';
import { shown } from './cut.js';

/** So many phones in each of three branches. */
const inBranch = 240;

const words = [
  ...['--inventory', 'phones.csv', '--profile', 'mpp-to-enterprise', '--files', 'http://10.0.0.5:6970'],
  ...['--at', '2026-12-01 22:00'],
  ...['--window', '22:00-05:00', '--time-zone', 'Europe/Berlin', '--waves', '1,10,10%,50%,100%'],
  ...['--abort-after', '10%', '--max-upgrading', '20', '--link', '50Mbit'],
];

/** The sample of docs/rehearse.md: a fleet that a night is too short for. */
export async function rehearsalSample(): Promise<[name: string, text: string]> {
  const folder = temporaryFolder();
  try {
    const phones = [1, 2, 3].flatMap((branch) =>
      Array.from({ length: inBranch }, (_phone, at) => {
        const mac = `00CCFC${(branch * 1_000 + at).toString(16).toUpperCase().padStart(6, '0')}`;
        return `10.20.${branch}.${at + 1},${mac},${at % 3 === 0 ? '7841' : '8841'}`;
      }),
    );
    writeFileSync(folder.file('phones.csv'), ['ip,mac,model', ...phones, ''].join('\n'));
    const { stdout } = await runCommand(['rehearse', ...words, '--no-config', '--db', folder.file('fleet.db')], {
      cwd: folder.path,
    });
    const command = ['fleet-migrate', 'rehearse', ...words].map((word) => (word.includes(' ') ? `"${word}"` : word));
    return ['rehearsal', shown(command.join(' '), stdout.trimEnd())];
  } finally {
    folder.remove();
  }
}
