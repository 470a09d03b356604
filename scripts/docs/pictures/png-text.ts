import { crc32 } from 'node:zlib';

/** Where chunks begin in a PNG: after its signature. */
const afterSignature = 8;
/** A chunk is its length, its name, its data, and a sum of name and data. */
const aroundData = 12;
const keyword = 'Description\0\0\0\0\0';

/** A PNG that says what it shows, in the chunk that PNG has for that; for who cannot see it, and for the test that compares. */
export function withText(png: Buffer, text: string): Buffer {
  const afterHeader = afterSignature + png.readUInt32BE(afterSignature) + aroundData;
  const named = Buffer.from(`iTXt${keyword}${text}`, 'utf8');
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(named.length - 4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([png.subarray(0, afterHeader), length, named, sum, png.subarray(afterHeader)]);
}

/** What a PNG of ours shows. @throws RangeError for one that does not say so */
export function textInPng(png: Buffer): string {
  for (let at = afterSignature; at + aroundData <= png.length; at += png.readUInt32BE(at) + aroundData) {
    const data = png.toString('utf8', at + 4, at + 8 + png.readUInt32BE(at));
    if (data.startsWith(`iTXt${keyword}`)) return data.slice(4 + keyword.length);
  }
  throw new RangeError('this is no picture of ours: it does not say what it shows');
}
