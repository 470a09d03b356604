import type { FileSource } from '../source.js';
import { nameOf } from '../names/file-kind.js';
import { readLicenseName } from '../names/license-name.js';
import { licenseContent } from './content.js';
import type { LicenseFiles } from './held.js';

/**
 * The same source, but a license under a name that says a direction is refused where it is known to be that of the other direction: its content
 * is held as such.
 */
export function rightDirection(source: FileSource, licenseFiles: LicenseFiles): FileSource {
  return {
    open: async (request) => {
      const answer = await source.open(request);
      const wanted = readLicenseName(nameOf(request.path));
      if (answer.kind !== 'file' || wanted === null || wanted.direction === null) return answer;
      const content = await licenseContent(answer.file);
      if (content === null) return answer;
      // What is in the folder under its exact name is served whether or not the store can be read.
      const held = await licenseFiles(wanted.mac).catch(() => []);
      const known = held.filter((license) => content.equals(license.content)).map(({ direction }) => direction);
      if (known.length === 0 || known.includes(wanted.direction)) return answer;
      await answer.file.close();
      return {
        kind: 'refused',
        status: 404,
        why: `the file of that name is the license for the other direction (${known.join(', ')}), as it is held; put the right one there`,
      };
    },
  };
}
