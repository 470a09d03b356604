import { readReason } from '../../domain/text/error-reason.js';
import type { Folder } from '../folder/folder.js';
import { nameOf } from '../names/file-kind.js';
import { namesSameLicense, readLicenseName } from '../names/license-name.js';
import type { Answer, FileRequest, FileSource } from '../source.js';
import { licenseContent } from './content.js';

/**
 * Serves a license of the folder under a name that differs from the file's only by case or separators: `00CCFC123456.lic` where
 * `00-cc-fc-12-34-56.lic` lies. Never one that says another direction, or a direction where none was asked for.
 */
export function otherSpelling(folder: Folder): FileSource {
  return {
    open: async (request) => {
      const wanted = readLicenseName(nameOf(request.path));
      if (wanted === null) return { kind: 'absent', why: null };
      let beside: readonly string[];
      try {
        beside = await folder.namesBeside(request.path);
      } catch (error) {
        return { kind: 'refused', status: 503, why: `its folder cannot be read (${readReason(error)})` };
      }
      const names = beside.filter((name) => {
        const found = readLicenseName(name);
        return found !== null && namesSameLicense(found, wanted);
      });
      const [first, ...others] = await Promise.all(names.map((name) => openBeside(folder, request, name)));
      if (first === undefined) return { kind: 'absent', why: null };
      const contents = new Set<string>();
      // Whether one that cannot be had differs from the others is not known.
      let refused: Answer | null = null;
      for (const { answer } of [first, ...others]) {
        if (answer.kind === 'refused') refused = answer;
        if (answer.kind !== 'file') continue;
        try {
          contents.add((await licenseContent(answer.file))?.toString('base64') ?? 'too large');
        } catch (error) {
          refused = {
            kind: 'refused',
            status: 503,
            why: `${names.join(' or ')} cannot be read (${readReason(error)})`,
          };
        }
      }
      for (const { answer } of others) if (answer.kind === 'file') await answer.file.close();
      if (contents.size > 1)
        refused ??= {
          kind: 'refused',
          status: 404,
          why: `${names.join(' and ')} differ; remove all but the right one`,
        };
      if (refused !== null && first.answer.kind === 'file') await first.answer.file.close();
      if (refused !== null) return refused;
      if (first.answer.kind !== 'file') return first.answer;
      return { ...first.answer, note: `the file ${first.name}` };
    },
  };
}

async function openBeside(
  folder: Folder,
  request: FileRequest,
  name: string,
): Promise<{ name: string; answer: Answer }> {
  const path = request.path.slice(0, request.path.length - nameOf(request.path).length) + name;
  return { name, answer: await folder.open({ ...request, path }) };
}
