import type { UcmDatabase } from '../database.js';
import type { UcmSpec } from '../spec.js';
import { uuidFor } from '../database.js';
import type { TableRow, Tables } from './run.js';

/** `tkclass` and `tkdeviceprotocol` of phones. */
const PHONE = '1';
const SIP = '11';
const SCCP = '0';

/**
 * The tables of the data dictionary that clients read phones from, with those of their columns
 * (docs/knowledge/unified-cm.md#operations). Made anew for each query, since updates change them.
 */
export function tablesOf(database: UcmDatabase, { nodes }: UcmSpec): Tables {
  const poolIds = new Map(database.pools.map(({ name, uuid }) => [name, uuid]));
  return new Map([
    table(
      'device',
      [
        ...['pkid', 'name', 'description', 'tkmodel', 'tkproduct', 'tkclass', 'tkdeviceprotocol', 'fkdevicepool'],
        ...['specialloadinformation', 'isactive'],
      ],
      database.devices.map((device) => ({
        ...{ pkid: device.uuid, name: device.name, description: device.description, tkclass: PHONE, isactive: 't' },
        ...{ tkmodel: String(device.product.typeModel), tkproduct: String(device.product.typeProduct) },
        tkdeviceprotocol: device.protocol === 'SIP' ? SIP : SCCP,
        fkdevicepool: poolIds.get(device.pool) ?? null,
        specialloadinformation: device.ownLoad,
      })),
    ),
    table(
      'typemodel',
      ['enum', 'name', 'moniker', 'tkclass'],
      database.products.map(({ typeModel, name }) => ({
        ...{
          enum: String(typeModel),
          name,
          moniker: `MODEL_${name.toUpperCase().replace(/\W+/g, '_')}`,
          tkclass: PHONE,
        },
      })),
    ),
    table(
      'typeproduct',
      ['enum', 'name', 'tkmodel'],
      database.products.map(({ typeModel, typeProduct, name }) => ({
        ...{ enum: String(typeProduct), name, tkmodel: String(typeModel) },
      })),
    ),
    table(
      'devicepool',
      ['pkid', 'name'],
      database.pools.map(({ uuid, name }) => ({ pkid: uuid, name })),
    ),
    table(
      'defaults',
      ['pkid', 'tkmodel', 'tkdeviceprotocol', 'loadinformation', 'inactiveloadinformation'],
      database.products.map((product) => ({
        ...{ pkid: uuidFor(`default ${product.model}`), tkmodel: String(product.typeModel), tkdeviceprotocol: SIP },
        ...{ loadinformation: database.defaultLoadOf(product), inactiveloadinformation: '' },
      })),
    ),
    table(
      'processnode',
      ['pkid', 'name', 'nodeid', 'isactive'],
      ['EnterpriseWideData', ...nodes.map(({ name }) => name)].map((name, index) => ({
        ...{ pkid: uuidFor(`node ${name}`), name, nodeid: String(index), isactive: 't' },
      })),
    ),
  ]);
}

function table(
  name: string,
  columns: readonly string[],
  rows: readonly TableRow[],
): [string, { columns: readonly string[]; rows: readonly TableRow[] }] {
  return [name, { columns, rows }];
}
