import type { UcmDatabase } from '../database.js';
import { leaf } from '../soap/write.js';

/** `XMLDefault.cnf.xml` and `SEP….cnf.xml` (docs/knowledge/file-server.md#configuration-files); `null` for any other name. */
export function settingsFile(name: string, database: UcmDatabase): Buffer | null {
  if (name === 'XMLDefault.cnf.xml') return Buffer.from(defaults(database));
  const device = database.named(/^(SEP[0-9A-F]{12})\.cnf\.xml$/.exec(name)?.[1] ?? '');
  if (device === undefined) return null;
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<device><deviceProtocol>${device.protocol}</deviceProtocol>` +
      `${leaf('loadInformation', database.loadOf(device))}<vendorConfig>${device.vendorConfig}</vendorConfig></device>\n`,
  );
}

function defaults(database: UcmDatabase): string {
  const loads = database.products
    .filter((product) => database.defaultLoadOf(product) !== '')
    .map((product) => {
      const element = `loadInformation${product.typeModel}`;
      return leaf(element, database.defaultLoadOf(product), `model="${product.name}"`);
    });
  return `<Default>${loads.join('')}</Default>\n`;
}
