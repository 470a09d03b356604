/**
 * The packets of TFTP: RFC 1350 §5 and its appendix (read and write requests, DATA, ACK, ERROR), RFC 2347 (options and OACK).
 */

/** Options by name in lower case, as RFC 2347 lets them be written in any case. */
export type TftpOptions = ReadonlyMap<string, string>;

export type TftpPacket =
  /** `mode` in lower case: `octet`, `netascii`, `mail`, or whatever was asked for. */
  | { kind: 'read' | 'write'; file: string; mode: string; options: TftpOptions }
  /** `block` 0 to 65535. */
  | { kind: 'data'; block: number; bytes: Uint8Array }
  | { kind: 'ack'; block: number }
  | { kind: 'error'; code: number; message: string }
  | { kind: 'oack'; options: TftpOptions };

/** RFC 1350's appendix and, for 8, RFC 2347. */
export const tftpErrors = {
  /** Whatever has no code of its own; see the message. */
  undefined: 0,
  fileNotFound: 1,
  accessViolation: 2,
  diskFull: 3,
  illegalOperation: 4,
  unknownTransferId: 5,
  optionsRefused: 8,
} as const;

const opcodes = { read: 1, write: 2, data: 3, ack: 4, error: 5, oack: 6 } as const;

/** The opcode and the block number or error code. */
const headerBytes = 4;

/**
 * Reads a packet; `null` for what is none. Never throws. Lenient where other programs are known to be careless and nothing is left open by it:
 * bytes after an ACK, zeros after the last option, an option without its value, an ERROR whose message has no end.
 */
export function parsePacket(bytes: Uint8Array): TftpPacket | null {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const opcode = data.length < 2 ? 0 : data.readUInt16BE(0);
  if (opcode === opcodes.oack) return { kind: 'oack', options: optionsOf(texts(data)) };
  if (data.length < headerBytes) return null;
  const second = data.readUInt16BE(2);
  switch (opcode) {
    case opcodes.read:
      return request('read', data);
    case opcodes.write:
      return request('write', data);
    case opcodes.data:
      return { kind: 'data', block: second, bytes: data.subarray(headerBytes) };
    case opcodes.ack:
      return { kind: 'ack', block: second };
    case opcodes.error:
      return { kind: 'error', code: second, message: untilZero(data, headerBytes) };
    default:
      return null;
  }
}

function request(kind: 'read' | 'write', data: Buffer): TftpPacket | null {
  const [file, mode, ...options] = texts(data);
  if (file === undefined || mode === undefined) return null;
  return { kind, file, mode: mode.toLowerCase(), options: optionsOf(options) };
}

/** The texts behind the opcode, each with a zero at its end. */
function texts(data: Buffer): string[] {
  const found: string[] = [];
  for (let start = 2, end = data.indexOf(0, start); end !== -1; start = end + 1, end = data.indexOf(0, start)) {
    found.push(data.toString('utf8', start, end));
  }
  return found;
}

function untilZero(data: Buffer, start: number): string {
  const end = data.indexOf(0, start);
  return data.toString('utf8', start, end === -1 ? data.length : end);
}

/** An option may be given once (RFC 2347): the first counts. */
function optionsOf(given: readonly string[]): TftpOptions {
  const options = new Map<string, string>();
  for (let at = 0; at + 1 < given.length; at += 2) {
    const name = (given[at] ?? '').toLowerCase();
    if (name === '') break;
    if (!options.has(name)) options.set(name, given[at + 1] ?? '');
  }
  return options;
}

/** Writes a packet. A text ends at its first zero byte, which TFTP cannot carry. */
export function packetBytes(packet: TftpPacket): Buffer {
  switch (packet.kind) {
    case 'read':
    case 'write':
      return Buffer.concat([
        twoBytes(opcodes[packet.kind]),
        ...[packet.file, packet.mode].map(withZero),
        ...optionTexts(packet.options),
      ]);
    case 'data':
      return Buffer.concat([dataHeader(packet.block), packet.bytes]);
    case 'ack':
      return Buffer.concat([twoBytes(opcodes.ack), twoBytes(packet.block)]);
    case 'error':
      return Buffer.concat([twoBytes(opcodes.error), twoBytes(packet.code), withZero(packet.message)]);
    case 'oack':
      return Buffer.concat([twoBytes(opcodes.oack), ...optionTexts(packet.options)]);
  }
}

/** What stands before the bytes of a DATA packet. Of a block number that is too large, the lower 16 bits. */
export function dataHeader(block: number): Buffer {
  return Buffer.concat([twoBytes(opcodes.data), twoBytes(block)]);
}

function optionTexts(options: TftpOptions): Buffer[] {
  return [...options].flat().map(withZero);
}

function withZero(text: string): Buffer {
  return Buffer.from(`${text.split('\0', 1)[0] ?? ''}\0`, 'utf8');
}

function twoBytes(value: number): Buffer {
  return Buffer.of((value >> 8) & 0xff, value & 0xff);
}
