/** A file that may be a license. */
export interface FoundFile {
  /** The archive it is in, or its folder, as named. */
  source: string;
  /** Its path in there. */
  name: string;
  bytes: number;
  /** `null`: too long for a license, and not read. */
  content: Buffer | null;
}

/** What an archive or a folder holds. */
export interface Collected {
  files: FoundFile[];
  /** Paths of links in folders, which are not followed. */
  links: string[];
  /** Files that file managers leave behind. */
  ignored: number;
}

/** What file managers and archivers put beside files by themselves. */
const noise = /(?:^|\/)(?:__MACOSX\/.*|\.[^/]*|Thumbs\.db|desktop\.ini)$/i;

/** Whether a name says that it is an archive. */
export function isArchiveName(name: string): boolean {
  return /\.(?:zip|gz|tgz|7z|rar|bz2|xz)$/i.test(name);
}

/** Whether a path is of a file that nobody put there. */
export function isNoise(path: string): boolean {
  return noise.test(path);
}
