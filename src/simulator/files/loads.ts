import { parseLoad } from '../firmware.js';

/** The image names of a load, e.g. `rootfs88xx.14-2-1-0101-26.sbn` (docs/knowledge/firmware.md#the-loads-file). Empty for no load name. */
export function imagesOf(loadName: string): string[] {
  const load = parseLoad(loadName);
  if (load === null) return [];
  const suffix = load.loadFamily.replace(/^sip/, '');
  const version = load.name.slice(load.loadFamily.length + 1);
  if (load.family === 'enterprise') {
    return [
      `fbi${suffix}.BE-01-010.sbn`,
      `kern${suffix}.${version}.sbn`,
      `rootfs${suffix}.${version}.sbn`,
      `sb2${suffix}.BE-01-020.sbn`,
      `vc4${suffix}.${version}.sbn`,
    ];
  }
  // Three hardware platforms in one package, as MPP ones have.
  return ['', '2', '3'].flatMap((platform) => [
    `kern${platform}${suffix}.${version}.sbn`,
    `rootfs${platform}${suffix}.${version}.sbn`,
  ]);
}

/** A made-up image: small, and its own name is in it. */
export function makeImage(name: string): Buffer {
  return Buffer.concat([Buffer.from(`${name}\n`), Buffer.alloc(2048, 0x5a)]);
}

/**
 * A `.loads` container: signed TLV header, then image names as text (docs/knowledge/firmware.md#the-loads-file).
 * `name` is the file name that tag 0e carries, with its `.loads`.
 */
export function makeLoads(name: string, images: readonly string[]): Buffer {
  const signer = Buffer.concat([
    entry(0x04, text('CN=someSigner;OU=someOrgUnit;O=someOrg')),
    entry(0x05, Buffer.from('0102030405060708', 'hex')),
    entry(0x06, text('CN=someCA;OU=someOrgUnit;O=someOrg')),
    entry(0x07, Buffer.from('0f01000801', 'hex')),
  ]);
  const body = Buffer.concat([entry(0x03, signer), entry(0x0c, Buffer.alloc(256, 0xa5)), entry(0x0e, text(name))]);
  const version = entry(0x01, Buffer.from([1, 1]));
  const unpadded = version.length + 5 + body.length;
  // Padding has its own head, so the header ends on a multiple of four at least three bytes further.
  const length = Math.ceil((unpadded + 3) / 4) * 4;
  const size = Buffer.alloc(2);
  size.writeUInt16BE(length);
  const padding = entry(0x0d, Buffer.alloc(length - unpadded - 3));
  const lines = ['#HARDWARE_COMP_1 15', ...images.map((image) => `${image} `)].join('\r\n');
  return Buffer.concat([version, entry(0x02, size), body, padding, Buffer.from(`${lines}\r\n`)]);
}

/** The container with a header length that points behind the first line with an image. */
export function withWrongOffset(content: Buffer): Buffer {
  const lying = Buffer.from(content);
  const length = content.readUInt16BE(8);
  const comment = content.indexOf('\n', length);
  lying.writeUInt16BE(content.indexOf('\n', comment + 1) + 1, 8);
  return lying;
}

/** What a phone reads in a container: the name it carries and its images. Null when it is not a container. */
export function readLoads(content: Buffer): { name: string; images: string[] } | null {
  let name: string | null = null;
  let headerLength = 0;
  let offset = 0;
  while (offset + 3 <= content.length && (headerLength === 0 || offset < headerLength)) {
    const tag = content.readUInt8(offset);
    const length = content.readUInt16BE(offset + 1);
    const value = content.subarray(offset + 3, offset + 3 + length);
    if (tag === 0x02 && length === 2 && value.length === 2) headerLength = value.readUInt16BE(0);
    else if (headerLength === 0 && tag !== 0x01) return null;
    if (tag === 0x0e) name = value.toString('latin1').replace(/\0.*$/s, '');
    offset += 3 + length;
  }
  if (name === null || headerLength === 0 || offset !== headerLength) return null;
  const images = content
    .subarray(headerLength)
    .toString('latin1')
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/\s+/)[0] ?? '');
  return { name, images };
}

function entry(tag: number, value: Buffer): Buffer {
  const head = Buffer.alloc(3);
  head.writeUInt8(tag, 0);
  head.writeUInt16BE(value.length, 1);
  return Buffer.concat([head, value]);
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`, 'latin1');
}
