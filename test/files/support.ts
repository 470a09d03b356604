import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** One record of a signed container: tag, two bytes length, value. */
export function tlv(tag: number, value: Uint8Array | string): Uint8Array {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return Uint8Array.of(tag, bytes.length >> 8, bytes.length & 255, ...bytes);
}

/** What of a `.loads` file a test wants to be otherwise. */
export interface LoadsParts {
  name?: string | null;
  text?: string;
  /** In place of the true length of the header. */
  headerLength?: number;
}

/** The bytes of a `.loads` file as real ones are built (docs/knowledge/firmware.md#the-loads-file), with a signature of zeros. */
export function loadsBytes({
  name = 'sip88xx.14-2-1-0101-26.loads',
  text = 'kern.sbn\nrootfs.sbn\n',
  headerLength,
}: LoadsParts = {}): Uint8Array {
  const signer = [
    tlv(0x04, 'CN=someSigner;OU=someOrgUnit;O=someOrg\0'),
    tlv(0x05, '12345678'),
    tlv(0x06, 'CN=issuer\0'),
    tlv(0x07, '\x01\x02'),
  ];
  const size = signer.reduce((sum, record) => sum + record.length, 0);
  const body = [
    tlv(0x03, Uint8Array.of(size >> 8, size & 255)),
    ...signer,
    tlv(0x0c, new Uint8Array(256)),
    ...(name === null ? [] : [tlv(0x0e, `${name}\0`)]),
    Uint8Array.of(0x0d, 0x0d, 0x0d),
  ];
  const length = headerLength ?? 10 + body.reduce((sum, record) => sum + record.length, 0);
  const head = [tlv(0x01, Uint8Array.of(1, 1)), tlv(0x02, Uint8Array.of(length >> 8, length & 255))];
  return Uint8Array.from([...head, ...body, new TextEncoder().encode(text)].flatMap((part) => [...part]));
}

/** A UDP port whose owner never says anything. */
export async function silentPort(): Promise<{ port: number; close: () => void }> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { port: socket.address().port, close: () => void socket.close() };
}
