import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { folderSource } from '../../../src/serve/folder/folder.js';
import { heldLicenses, type LicenseFiles } from '../../../src/serve/licenses/held.js';
import { otherSpelling } from '../../../src/serve/licenses/other-spelling.js';
import { judgedLicenses } from '../../../src/serve/licenses/judged.js';
import { inMemory } from '../../../src/serve/in-memory.js';
import { type Answer, openFrom } from '../../../src/serve/source.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { HandClock } from '../../transport/support/hand-clock.js';

type Direction = 'e2m' | 'm2e';

const mac = '00CCFC123456';
const noLicense = (content: Uint8Array): string | null => (content.length === 0 ? 'it is empty' : null);

describe('the license that a phone gets', () => {
  const folder = temporaryFolder();
  const root = folder.file('served');
  beforeEach(() => mkdirSync(root));
  afterEach(() => rmSync(root, { recursive: true }));
  afterAll(() => folder.remove());

  /** What is given for a name, by what lies in the folder and what is held: its content, or why not. */
  async function given(
    path: string,
    {
      files = {},
      held = [],
      direction = null,
      store,
    }: {
      files?: Record<string, string>;
      held?: readonly Direction[];
      direction?: Direction | null;
      store?: LicenseFiles;
    },
  ): Promise<string> {
    for (const [name, content] of Object.entries(files)) writeFileSync(`${root}/${name}`, content);
    const licenseFiles: LicenseFiles =
      store ??
      ((of) =>
        Promise.resolve(
          of === mac ? held.map((way) => ({ direction: way, file: 'x.lic', content: Buffer.from(`held ${way}`) })) : [],
        ));
    const source = folderSource(root, new HandClock());
    const sources = [
      judgedLicenses(source, licenseFiles, noLicense, direction),
      heldLicenses(licenseFiles, direction),
      judgedLicenses(otherSpelling(source), licenseFiles, noLicense, direction),
    ];
    const answer = await openFrom(sources, { path, client: '10.0.0.7', protocol: 'http', userAgent: null });
    if (answer.kind !== 'file') return `${answer.kind === 'refused' ? answer.status : 404}: ${answer.why ?? ''}`;
    const content = Buffer.from(await answer.file.read(0, answer.file.size)).toString();
    await answer.file.close();
    return content;
  }

  const lower = { '00ccfc123456.lic': 'in the folder' };
  const exact = { '00CCFC123456.lic': 'exactly there' };
  const both = ['e2m', 'm2e'] as const;

  it('is first the file of exactly that name', async () => {
    expect(await given('00CCFC123456.lic', { files: { ...lower, ...exact }, held: both, direction: 'm2e' })).toBe(
      'exactly there',
    );
  });

  it.each([
    ['00CCFC123456.lic', ['m2e'], null, 'held m2e'],
    ['00ccfc123456.lic', ['e2m'], null, 'held e2m'],
    ['some/folder/00-cc-fc-12-34-56.lic', ['e2m'], null, 'held e2m'],
    ['00CCFC123456_M2E.lic', both, 'e2m', 'held m2e'],
    ['00CCFC123456_e2m.lic', both, 'm2e', 'held e2m'],
    ['00CCFC123456.lic', both, 'e2m', 'held e2m'],
    ['00CCFC123456.lic', both, 'm2e', 'held m2e'],
  ] as const)('%s with %j held and --direction %s: %s', async (path, held, direction, content) => {
    expect(await given(path, { held, direction })).toBe(content);
  });

  it('is none where both directions are held and nothing says which', async () => {
    expect(await given('00CCFC123456.lic', { held: both })).toMatch(
      /^404: licenses for both directions are held.*00CCFC123456_M2E\.lic or 00CCFC123456_E2M\.lic, or start with --direction/,
    );
    // Nor is it taken from the folder then, where a file in another spelling may be of either direction.
    expect(await given('00CCFC123456.lic', { held: both, files: lower })).toMatch(/^404: licenses for both/);
  });

  it('is never of the other direction than the name says', async () => {
    expect(await given('00CCFC123456_M2E.lic', { held: ['e2m'] })).toMatch(/^404: .*only .* other direction \(e2m\)/);
    expect(await given('00CCFC123456_M2E.lic', { files: { ...exact, '00ccfc123456_e2m.lic': 'x' } })).toMatch(/^404/);
    const wrong = { '00CCFC123456_M2E.lic': 'held e2m' };
    expect(await given('00CCFC123456_M2E.lic', { files: wrong, held: both })).toMatch(
      /^404: the file of that name is the license for the other direction \(e2m\)/,
    );
  });

  it('is a held one where the file of that name is none, and nothing where none is held', async () => {
    const empty = { '00CCFC123456.lic': '' };
    expect(await given('00CCFC123456.lic', { files: empty, held: ['m2e'] })).toBe('held m2e');
    expect(await given('00CCFC123456.lic', { files: empty })).toMatch(
      /^404: the file of that name is no license of 00CCFC123456: it is empty/,
    );
    expect(await given('00CCFC123456.lic', { files: { '00CCFC123456.lic': 'x'.repeat(70_000) } })).toMatch(
      /no license of 00CCFC123456: it is too long/,
    );
  });

  it('is a held one while the folder is away; what is not held may be there again later', async () => {
    rmSync(root, { recursive: true });
    expect(await given('00CCFC123456.lic', { held: ['m2e'] })).toBe('held m2e');
    expect(await given('00CCFC123456.lic', {})).toMatch(/^503: the folder .* is not there any more/);
    mkdirSync(root);
  });

  it('is a held one before a file in another spelling, whose direction nobody knows', async () => {
    expect(await given('00CCFC123456.lic', { files: lower, held: ['m2e'] })).toBe('held m2e');
  });

  it('is a file in another spelling where none is held', async () => {
    expect(await given('00CCFC123456.lic', { files: lower })).toBe('in the folder');
    expect(await given('00CCFC123456_M2E.lic', { files: { '00-CC-FC-12-34-56_m2e.LIC': 'm2e' } })).toBe('m2e');
    // The same license twice is no question, two different ones are.
    expect(await given('00CCFC123456.lic', { files: { '00-CC-FC-12-34-56.lic': 'in the folder' } })).toBe(
      'in the folder',
    );
    expect(await given('00CCFC123456.lic', { files: { '00CC.FC12.3456.lic': 'another' } })).toMatch(
      /^404: .* differ; remove all but the right one/,
    );
  });

  it('is no firmware in another spelling, and none for another phone', async () => {
    const files = { 'a.loads': 'x' };
    expect(await given('A.loads', { files })).toMatch(/^404: a\.loads is there/);
    expect(await given('00CCFC999999.lic', { files: exact, held: both })).toBe(
      '404: no license is held for 00CCFC999999',
    );
  });

  it('is not "not found" where the store cannot say', async () => {
    const store = (): Promise<never> => Promise.reject(new Error('the store is damaged'));
    expect(await given('00CCFC123456.lic', { store })).toBe(
      '503: the licenses held cannot be read (the store is damaged)',
    );
    expect(await given('00CCFC123456_M2E.lic', { store, files: { '00CCFC123456_M2E.lic': 'there' } })).toBe('there');
  });
});

describe('a license file that cannot be read now', () => {
  const wanted = { path: `${mac}.lic`, client: '10.0.0.7', protocol: 'http', userAgent: null } as const;
  const broken = (name: string): Answer => ({
    kind: 'file',
    note: null,
    file: {
      ...{ size: 10, modifiedAt: null, version: name },
      read: () => Promise.reject(Object.assign(new Error('input/output error'), { code: 'EIO' })),
      assertUnchanged: () => Promise.resolve(),
      close: () => Promise.resolve(),
    },
  });
  const none = (): Promise<never[]> => Promise.resolve([]);

  it('is not "not found", which a phone may take for good', async () => {
    const judged = judgedLicenses({ open: ({ path }) => Promise.resolve(broken(path)) }, none, noLicense, null);
    expect(await judged.open(wanted)).toMatchObject({ kind: 'refused', status: 503 });
  });

  it('is told where it is passed over for the one that is held', async () => {
    const file = inMemory(Buffer.from(''));
    const source = { open: () => Promise.resolve<Answer>({ kind: 'file', file, note: null }) };
    const held = heldLicenses(
      () => Promise.resolve([{ direction: 'm2e', file: 'x.lic', content: Buffer.from('held') }]),
      'm2e',
    );
    const answer = await openFrom([judgedLicenses(source, none, noLicense, null), held], wanted);
    expect(answer).toMatchObject({
      note: `the m2e license that is held; the file of that name is no license of ${mac}: it is empty`,
    });
  });

  it('is not taken for the same as another one', async () => {
    const folder = {
      open: ({ path }: { path: string }) => Promise.resolve(broken(path)),
      namesBeside: () => Promise.resolve(['00ccfc123456.lic', '00-cc-fc-12-34-56.lic']),
    };
    expect(await otherSpelling(folder).open(wanted)).toMatchObject({ kind: 'refused', status: 503 });
    const refused: Answer = { kind: 'refused', status: 403, why: 'it is there and cannot be read' };
    const half = {
      ...folder,
      open: ({ path }: { path: string }) =>
        Promise.resolve(
          path.startsWith('00-') ? refused : { kind: 'file' as const, file: inMemory(Buffer.from('x')), note: null },
        ),
    };
    expect(await otherSpelling(half).open(wanted)).toEqual(refused);
    const unlisted = { ...folder, namesBeside: () => Promise.reject(new Error('EMFILE')) };
    expect(await otherSpelling(unlisted).open(wanted)).toMatchObject({ kind: 'refused', status: 503 });
  });

  it('of a name without a direction is refused where it is held for the direction that is not meant', async () => {
    const file = inMemory(Buffer.from('held'));
    const source = { open: () => Promise.resolve<Answer>({ kind: 'file', file, note: null }) };
    const held = () => Promise.resolve([{ direction: 'm2e' as const, file: 'x.lic', content: Buffer.from('held') }]);
    expect(await judgedLicenses(source, held, noLicense, 'e2m').open(wanted)).toMatchObject({ status: 404 });
    expect(await judgedLicenses(source, held, noLicense, 'm2e').open(wanted)).toMatchObject({ kind: 'file' });
    expect(await judgedLicenses(source, held, noLicense, null).open(wanted)).toMatchObject({ kind: 'file' });
  });
});
