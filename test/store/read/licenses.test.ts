import { expect, it } from '@jest/globals';
import type { Mac } from '../../../src/domain/network/mac.js';
import type { HeldLicense } from '../../../src/store/store-rows.js';
import { describeStores } from '../support/open-test-store.js';
import { storeRun } from '../support/samples.js';

const content = new TextEncoder().encode('a license');

function license(mac: string, changed: Partial<HeldLicense> = {}): HeldLicense & { content: Uint8Array } {
  return {
    mac: mac as Mac,
    direction: 'm2e',
    file: `${mac}.lic`,
    sha256: '00',
    bytes: content.length,
    source: 'licenses.zip',
    importedAt: '2026-11-28T00:00:00.000Z',
    ...changed,
    content,
  };
}

describeStores('licenses in the store', (useStore) => {
  const test = useStore();

  it('are none in a new store', async () => {
    expect(await test.store.licenses()).toEqual([]);
    expect(await test.store.licenseFiles('00CCFC000001')).toEqual([]);
  });

  it('are there for the next command, one for each phone and direction, with their content', async () => {
    const [second, first, other] = [
      license('00CCFC000002'),
      license('00CCFC000001'),
      license('00CCFC000001', { direction: 'e2m', file: '00ccfc000001_E2M.lic' }),
    ];
    await test.store.keepLicenses([second, first, other]);
    const store = await test.reopen();
    expect(await store.licenses()).toEqual([other, first, second].map(({ content: _content, ...held }) => held));
    const files = await store.licenseFiles('00CCFC000001');
    expect(
      files.map(({ direction, file, content: bytes }) => [direction, file, Buffer.from(bytes).toString()]),
    ).toEqual([
      ['e2m', '00ccfc000001_E2M.lic', 'a license'],
      ['m2e', '00CCFC000001.lic', 'a license'],
    ]);
  });

  it('are replaced by newer ones', async () => {
    await test.store.keepLicenses([license('00CCFC000001')]);
    await test.store.keepLicenses([license('00CCFC000001', { sha256: '11', source: 'more.zip' })]);
    expect(await test.store.licenses()).toMatchObject([{ sha256: '11', source: 'more.zip' }]);
  });

  it('are kept all or none', async () => {
    const broken = { ...license('00CCFC000002'), file: null } as unknown as ReturnType<typeof license>;
    await expect(test.store.keepLicenses([license('00CCFC000001'), broken])).rejects.toThrow();
    expect(await test.store.licenses()).toEqual([]);
  });

  it('stay when runs are pruned', async () => {
    await test.store.keepLicenses([license('00CCFC000001')]);
    await storeRun(test.store, 'run-1', []);
    expect(await test.store.prune(0)).toMatchObject({ runs: 1 });
    expect(await test.store.licenses()).toHaveLength(1);
  });
});
