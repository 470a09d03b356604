/** What a `.loads` file says: the list of images that a phone fetches for a firmware load. */
export interface LoadsFile {
  /** The name the file was signed under (tag 0e), e.g. `sip88xx.14-2-1-0101-26.loads`; null when it carries none. */
  fileName: string | null;
  /** File names of the images in order, each once; they lie beside the `.loads` file. At least one. */
  images: string[];
  /** `tlv`: a signed header before the list; `text`: the bare list. */
  container: 'tlv' | 'text';
}

/** A `.loads` file that cannot be used. The message names what is wrong in it, not which file it is. */
export class LoadsError extends Error {
  override readonly name = 'LoadsError';
}

const TAG_VERSION = 0x01;
const TAG_HEADER_LENGTH = 0x02;
const TAG_FILE_NAME = 0x0e;
const TAG_PADDING = 0x0d;

/** Real files list 5 to about 20 images, and each costs a request. */
const MAX_IMAGES = 100;

/** An image name: no folders, no blanks, and a dot inside it, which the words of an error page do not have. */
const IMAGE_NAME = /^(?=.{1,200}$)[\w+-]+(?:\.[\w+-]+)+$/;

/**
 * Reads a `.loads` file (docs/knowledge/firmware.md#the-loads-file): records of one byte tag, two bytes big-endian length and a value, of
 * which the second gives the length of the whole header; then text, one image per line. The signature is not checked: only phones hold the
 * keys.
 * @throws LoadsError
 */
export function parseLoads(bytes: Uint8Array): LoadsFile {
  if (bytes[0] !== TAG_VERSION) return { fileName: null, images: readImages(bytes), container: 'text' };
  const headerLength = readHeaderLength(bytes);
  return {
    fileName: readFileName(bytes.subarray(0, headerLength)),
    images: readImages(bytes.subarray(headerLength)),
    container: 'tlv',
  };
}

interface Tlv {
  tag: number;
  value: Uint8Array;
}

/** Yields the records from the start, up to the padding or to the first one that would reach beyond the end. */
function* records(bytes: Uint8Array): Generator<Tlv, void, undefined> {
  for (let at = 0; at + 3 <= bytes.length;) {
    const tag = bytes[at] ?? 0;
    const end = at + 3 + uint16(bytes, at + 1);
    if (tag === TAG_PADDING || end > bytes.length) return;
    yield { tag, value: bytes.subarray(at + 3, end) };
    at = end;
  }
}

function readHeaderLength(bytes: Uint8Array): number {
  const [version, length] = records(bytes);
  if (version?.value.length !== 2 || length?.tag !== TAG_HEADER_LENGTH || length.value.length !== 2) {
    throw new LoadsError('the signed header is damaged');
  }
  const headerLength = uint16(length.value, 0);
  // The two records just read are 10 bytes of the header.
  if (headerLength < 10 || headerLength > bytes.length) {
    throw new LoadsError(`the header should be ${headerLength} bytes, the whole file is ${bytes.length}`);
  }
  return headerLength;
}

function readFileName(header: Uint8Array): string | null {
  for (const { tag, value } of records(header)) {
    if (tag !== TAG_FILE_NAME) continue;
    const end = value.indexOf(0);
    const name = latin1(end < 0 ? value : value.subarray(0, end)).trim();
    return name === '' ? null : name;
  }
  return null;
}

function readImages(text: Uint8Array): string[] {
  const images = new Set<string>();
  for (const line of latin1(text)
    .replace(/\0+$/, '')
    .split(/\r\n|\n|\r/)) {
    // Files for Wi-Fi phones have size and hash in further columns.
    const [name = ''] = line.trim().split(/\s/, 1);
    if (name === '' || name.startsWith('#')) continue;
    if (!IMAGE_NAME.test(name)) throw new LoadsError('the list holds a line that is not a file name');
    images.add(name);
    if (images.size > MAX_IMAGES) throw new LoadsError(`it lists more than ${MAX_IMAGES} images`);
  }
  if (images.size === 0) throw new LoadsError('it lists no images');
  return [...images];
}

function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}
