import type { Direction } from '../../domain/phone/models.js';
import { messageOf } from '../../domain/text/error-reason.js';
import type { FileSource } from '../source.js';
import { nameOf } from '../names/file-kind.js';
import { readLicenseName } from '../names/license-name.js';
import { licenseContent } from './content.js';
import type { LicenseFiles } from './held.js';

/**
 * What keeps a content from being the license of a phone, as the end of a sentence that begins with "it"; `null` where nothing is known.
 * @param mac 12 hexadecimal digits
 * @param direction that is meant; `null`: either
 */
export type ContentProblem = (content: Uint8Array, mac: string, direction: Direction | null) => string | null;

/**
 * The same source, but a license is passed over where it is none: empty, a web page, of another phone; one that is held may be given instead. It is
 * refused where it is known to be that of the other direction: its content is held as such.
 * @param direction what counts where the name does not say one; `null`: either
 */
export function judgedLicenses(
  source: FileSource,
  licenseFiles: LicenseFiles,
  contentProblem: ContentProblem,
  direction: Direction | null,
): FileSource {
  return {
    open: async (request) => {
      const answer = await source.open(request);
      const wanted = readLicenseName(nameOf(request.path));
      if (answer.kind !== 'file' || wanted === null) return answer;
      let content: Buffer | null;
      try {
        content = await licenseContent(answer.file);
      } catch (error) {
        await answer.file.close();
        return { kind: 'refused', status: 503, why: `it is there and cannot be read (${messageOf(error)})` };
      }
      const problem =
        content === null ? 'it is too long' : contentProblem(content, wanted.mac, wanted.direction ?? direction);
      if (problem !== null || content === null) {
        await answer.file.close();
        return {
          kind: 'absent',
          why: `the file of that name is no license of ${wanted.mac}: ${problem ?? ''}`,
          isTold: true,
        };
      }
      const asked = wanted.direction ?? direction;
      if (asked === null) return answer;
      // What is in the folder under its exact name is served whether or not the store can be read.
      const held = await licenseFiles(wanted.mac).catch(() => []);
      const known = held.filter((license) => content.equals(license.content)).map(({ direction }) => direction);
      if (known.length === 0 || known.includes(asked)) return answer;
      await answer.file.close();
      return {
        kind: 'refused',
        status: 404,
        why: `the file of that name is the license for the other direction (${known.join(', ')}), as it is held; put the right one there`,
      };
    },
  };
}
