import { imagesFit } from '../../domain/firmware/images.js';
import { sameLoad } from '../../domain/firmware/load.js';
import type { Clock } from '../../domain/ports/clock.js';
import { messageOf } from '../../domain/text/error-reason.js';
import { type Answer, type FileSource, openFrom } from '../source.js';

/** `.loads` files have about a kilobyte. */
const mostBytes = 64 * 1024;

/** Reads a `.loads` file. @throws where it is none */
export type ReadLoads = (content: Uint8Array) => { fileName: string | null; images: readonly string[] };

/** Whether a load and all of its images can be fetched here. `why` is the end of a sentence. */
type LoadCheck =
  | { kind: 'whole' }
  | { kind: 'not-whole'; why: string }
  /** It could not be found out now. */
  | { kind: 'unavailable'; why: string };

/** Looks at a load; what it finds is good for a second, since many phones may ask at once. */
export type WholeLoad = (path: string, load: string) => Promise<LoadCheck>;

/** How long (ms) a finding is good. */
const foundMs = 1_000;

/**
 * @param sources those that phones fetch from
 * @param loadFamilies those that are known, to tell by their names whose images a load lists
 */
export function wholeLoad(
  sources: readonly FileSource[],
  readLoads: ReadLoads,
  clock: Pick<Clock, 'monotonic'>,
  loadFamilies: readonly string[],
): WholeLoad {
  const look = looking(sources, readLoads, loadFamilies);
  const found = new Map<string, { at: number; check: Promise<LoadCheck> }>();
  return (path, load) => {
    const before = found.get(path);
    const now = clock.monotonic();
    if (before !== undefined && now - before.at < foundMs) return before.check;
    const check = look(path, load);
    found.set(path, { at: now, check });
    return check;
  };
}

function looking(sources: readonly FileSource[], readLoads: ReadLoads, loadFamilies: readonly string[]): WholeLoad {
  const imagesOf = async (path: string, load: string): Promise<readonly string[] | LoadCheck> => {
    const answer = await openHere(sources, path);
    if (answer.kind !== 'file') return lacking(answer, path);
    const { file } = answer;
    let content: Uint8Array;
    try {
      if (file.size > mostBytes) return notWhole(`${path} is too large for a .loads file`);
      content = await file.read(0, file.size);
    } catch (error) {
      return { kind: 'unavailable', why: `${path} cannot be read (${messageOf(error)})` };
    } finally {
      await file.close();
    }
    try {
      const { fileName, images } = readLoads(content);
      if (fileName !== null && !sameLoad(fileName, load))
        return notWhole(`${path} is signed as another load (${fileName})`);
      const fit = imagesFit(images, load, loadFamilies);
      if (fit.kind === 'other-family')
        return notWhole(
          `${path} lists images for phones of ${fit.loadFamily} (${fit.others[0]}), and none for its own`,
        );
      return images;
    } catch (error) {
      return notWhole(`${path} cannot be used: ${messageOf(error)}`);
    }
  };
  return async (path, load) => {
    const images = await imagesOf(path, load);
    if ('kind' in images) return images;
    for (const image of images) {
      const beside = path.slice(0, path.lastIndexOf('/') + 1) + image;
      const answer = await openHere(sources, beside);
      if (answer.kind !== 'file') return lacking(answer, beside, path);
      await answer.file.close();
      if (answer.file.size === 0) return notWhole(`${path} needs ${beside}, which is empty`);
    }
    return { kind: 'whole' };
  };
}

function notWhole(why: string): LoadCheck {
  return { kind: 'not-whole', why };
}

function lacking(answer: Exclude<Answer, { kind: 'file' }>, path: string, neededBy?: string): LoadCheck {
  const why = answer.why ?? 'there is no such file';
  if (answer.kind === 'refused' && answer.status === 503) return { kind: 'unavailable', why };
  return notWhole(
    neededBy === undefined ? `${path} is not here (${why})` : `${neededBy} needs ${path}, which is not here (${why})`,
  );
}

/** What this server would send for a path to anybody who asks for it by its name. */
export function openHere(sources: readonly FileSource[], path: string): Promise<Answer> {
  return openFrom(sources, { path, client: '', protocol: 'http', userAgent: null });
}
