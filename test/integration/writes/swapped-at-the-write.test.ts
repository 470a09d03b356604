import { afterEach, describe, expect, it } from '@jest/globals';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { startTurncoat, type Turn, type Turncoat } from '../../support/turncoat.js';

const folder = temporaryFolder();
const [address, elsewhere] = ['127.66.9.7', '127.66.9.8'];
const [ours, other] = ['00CCFC123456', '00CCFC654321'];
/** As whom it is read: for the plan, just before the write, and once more because it closes its connections. */
const [planned, looked, reread] = [{ as: ours }, { as: ours }, { as: ours }];

let started: Turncoat[] = [];
afterEach(async () => {
  for (const server of started) await server.close();
  started = [];
});

/** Runs against a phone that is read so; answers its end and all POSTs. */
async function migrate(turns: readonly Turn[]) {
  const phone = await startTurncoat(address, turns);
  started.push(phone);
  const { report } = await runForReport([
    ...['--target', address, '--http-port', String(phone.port), '--scheme', 'http', '--skip-preflight'],
    ...[
      '--profile',
      quickProfile(folder.path, 'authorize-mpp'),
      '--files',
      'http://127.0.0.1:6970',
      '--yes',
      '--no-config',
    ],
  ]);
  const [entry] = report.phones;
  return {
    end: [entry?.outcome, entry?.failure?.code, entry?.touched],
    posts: phone.asked.filter((line) => line.startsWith('POST')),
    readings: phone.asked.filter((line) => line === 'GET /admin/advanced').length,
  };
}

describe('a phone that stays who it is', () => {
  it('is written to: what follows is not so for want of a form', async () => {
    const { end, posts } = await migrate([planned, looked, reread]);
    expect([end[2], posts.length > 0]).toEqual([true, true]);
  });
});

describe('a phone that turns into another one', () => {
  it.each([
    ['after the plan', [planned, { as: other }]],
    ['between the last look and the post', [planned, looked, { as: other }]],
    ['between the last look and the post, and back', [planned, looked, { as: other }, { as: ours }]],
  ])('%s: aborted, nothing was posted', async (_when, turns) => {
    const { end, posts, readings } = await migrate(turns);
    expect([end, posts]).toEqual([['aborted', 'identity-changed', false], []]);
    expect(readings).toBe(turns.findIndex(({ as }) => as === other) + 1);
  });

  it('by turns with it: whoever answered for its status file counts as well, though it is itself again by the write', async () => {
    const { end, posts } = await migrate([planned, { as: ours, status: other }, { as: other }, { as: ours }]);
    expect([end, posts]).toEqual([['aborted', 'identity-changed', false], []]);
  });
});

describe('a phone whose address another one has by the time the post gets there', () => {
  let network: Network | undefined;
  afterEach(async () => {
    await network?.close();
    network = undefined;
  });

  it('is unverified; the report says which phone may have got the post, and what that one shows', async () => {
    const behavior = { identitySwapped: 'after-last-read', closesConnection: true } as const;
    network = await startNetwork([{ model: '8841', load: 'sip88xx.12-0-3MPP0001-87', name: 'swapped', behavior }]);
    const { mac, address: at } = network.phone('swapped');
    const { report } = await runForReport([
      ...[...network.scan, '--files', network.files, '--yes', '--no-config'],
      ...['--profile', quickProfile(folder.path, 'mpp-to-enterprise', { upgradeDeadline: '3s' })],
    ]);
    const posts = network.posts();
    expect(posts.map((entry) => entry.address)).toEqual([at]);
    const got = posts[0]?.mac ?? '';
    expect([mac, '']).not.toContain(got);
    const entry = report.phones.find((one) => one.mac === mac);
    expect([entry?.outcome, entry?.failure?.code, entry?.touched]).toEqual(['unverified', 'identity-lost', true]);
    const notes = entry?.evidence.filter(({ kind }) => kind === 'other-phone').map(({ text }) => text) ?? [];
    expect(notes[0]).toContain(`Since the post ${got} answers at ${at} and shows what was sent: it may have got it.`);
    expect(notes[0]).toContain(`upgrade rule "${network.files}/sip88xx.14-2-1-0101-26.loads"`);
  });
});

describe('a phone that sends us elsewhere', () => {
  it.each([
    ['after the plan', [planned]],
    ['between the last look and the post', [planned, looked]],
  ])('%s: aborted, nothing was posted, and who is there hears nothing', async (_when, before) => {
    const bystander = await startTurncoat(elsewhere, [{ as: ours }]);
    started.push(bystander);
    const to = `http://${elsewhere}:${bystander.port}/admin/advanced`;
    const { end, posts } = await migrate([...before, { to }]);
    expect([end, posts]).toEqual([['aborted', 'redirect-elsewhere', false], []]);
    expect(bystander.asked).toEqual([]);
  });
});
