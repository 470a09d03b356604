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
 * which the second gives the length of the whole header; then text, one image per line. The records must fill the header exactly: a length
 * that points elsewhere would hide images. The signature is not checked: only phones hold the keys.
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

/** The length of the version record and of the record with the header's length, which begin each header. */
const FIRST_RECORDS = 10;

function readHeaderLength(bytes: Uint8Array): number {
  const isWhole = bytes.length >= FIRST_RECORDS && uint16(bytes, 1) === 2;
  if (!isWhole || bytes[5] !== TAG_HEADER_LENGTH || uint16(bytes, 6) !== 2) {
    throw new LoadsError('the signed header is damaged or cut short');
  }
  const headerLength = uint16(bytes, 8);
  if (headerLength < FIRST_RECORDS || headerLength > bytes.length) {
    throw new LoadsError(`the header should be ${headerLength} bytes, the whole file is ${bytes.length}`);
  }
  return headerLength;
}

/**
 * The name in the header's records. What is left after the last one is padding: its tag over and over, zeros, or records of its tag (which of
 * them real files hold is not documented).
 * @throws LoadsError where the records do not end together with the header
 */
function readFileName(header: Uint8Array): string | null {
  const names = new Set<string>();
  const padding = header.findLastIndex((byte) => byte !== TAG_PADDING && byte !== 0) + 1;
  for (let at = 0; at < header.length && at < padding;) {
    const tag = header[at] ?? 0;
    const end = at + 3 + (at + 3 > header.length ? 0 : uint16(header, at + 1));
    if (end > header.length) {
      throw new LoadsError(
        `the header should be ${header.length} bytes, but its record at byte ${at} reaches to byte ${end}`,
      );
    }
    if (tag === TAG_FILE_NAME) names.add(textBeforeNul(header.subarray(at + 3, end)));
    at = end;
  }
  if (names.size > 1) throw new LoadsError('its header carries two names');
  const [name = ''] = names;
  return name === '' ? null : name;
}

function textBeforeNul(value: Uint8Array): string {
  const end = value.indexOf(0);
  return latin1(end < 0 ? value : value.subarray(0, end)).trim();
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
