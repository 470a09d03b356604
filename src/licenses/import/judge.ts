import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path/posix';
import { directionIn, isLicenseName, otherDirectionThan, parseLicenseName } from '../../domain/licenses/file-name.js';
import type { Mac } from '../../domain/network/mac.js';
import type { Direction, Models } from '../../domain/phone/models.js';
import { licenseProblem, otherFile, textOf } from '../../files/licenses/license-content.js';
import type { HeldLicense } from '../../store/store-rows.js';
import { type Collected, type FoundFile, isArchiveName } from './found-file.js';
import { type OddLicense, oddLicenses } from './odd.js';

/** A license that can be stored. */
interface NewLicense extends Omit<HeldLicense, 'importedAt'> {
  content: Uint8Array;
  /** `known`: the same is held already · `replaces`: another one of this phone and direction is. */
  compared: 'new' | 'known' | 'replaces';
  /** Whether any run has read its phone; `null` while no run has read any. */
  isOfFleet: boolean | null;
}

/** A file that is not imported, and why. */
interface RefusedFile {
  source: string;
  name: string;
  why: string;
}

/** What becomes of files that may be licenses. */
export interface Judged {
  licenses: NewLicense[];
  refused: RefusedFile[];
  /** Files that do not claim to be licenses. */
  others: string[];
  /** MACs whose files of the two directions have the same name: only one of them can be on a file server under it. */
  sameName: Mac[];
  /** MACs whose license has the same content as another phone's, or as that of the other direction: one of them is a copy. */
  sameContent: Mac[];
  /** Licenses that are not like the others. */
  odd: OddLicense[];
  /** Files whose direction nothing says, so that somebody has to. */
  undirected: number;
}

/** What the files are compared with. */
export interface Surroundings {
  /** Of licenses that do not say their direction; `null`: not known. */
  direction: Direction | null;
  /** Licenses that say another one are refused. */
  isOfAll: boolean;
  held: readonly HeldLicense[];
  /** Phones of earlier runs. */
  fleet: ReadonlySet<Mac>;
  models: Models;
}

/** Judges each file by its name and content, and all of them against each other, what is held, and the fleet. */
export function judgeFiles({ files, links }: Omit<Collected, 'ignored'>, surroundings: Surroundings): Judged {
  const { held, fleet } = surroundings;
  const judged: Judged = {
    licenses: [],
    refused: [],
    others: [],
    sameName: [],
    sameContent: [],
    odd: [],
    undirected: 0,
  };
  const byKey = new Map<string, Candidate[]>();
  for (const name of links) judged.refused.push({ source: '', name, why: 'it is a link, and not followed' });
  for (const file of files) {
    const found = candidateOf(file, surroundings);
    if (found === 'other') judged.others.push(file.name);
    else if (found === 'undirected') judged.undirected += 1;
    else if ('why' in found) judged.refused.push(found);
    else {
      const key = `${found.mac} ${found.direction}`;
      byKey.set(key, [...(byKey.get(key) ?? []), found]);
    }
  }
  const known = new Map(held.map((license) => [`${license.mac} ${license.direction}`, license.sha256]));
  for (const [key, candidates] of byKey) {
    const [first] = candidates;
    if (!first) continue;
    if (candidates.some(({ sha256 }) => sha256 !== first.sha256)) {
      for (const { source, path } of candidates)
        judged.refused.push({
          ...{ source, name: path },
          why: `there are ${candidates.length} different licenses of ${first.mac} for ${first.direction}; keep the one that holds`,
        });
      continue;
    }
    const sha256 = known.get(key);
    const { path: _path, ...license } = first;
    judged.licenses.push({
      ...license,
      compared: sha256 === undefined ? 'new' : sha256 === first.sha256 ? 'known' : 'replaces',
      isOfFleet: fleet.size === 0 ? null : fleet.has(first.mac),
    });
  }
  const here = new Set(judged.licenses.map(({ mac }) => mac));
  judged.sameName = sameNames([...held, ...judged.licenses]).filter((mac) => here.has(mac));
  judged.sameContent = sameContents(judged.licenses);
  judged.odd = oddLicenses(judged.licenses);
  return judged;
}

type Candidate = Omit<NewLicense, 'compared' | 'isOfFleet'> & { path: string };

function candidateOf(
  file: FoundFile,
  { direction, isOfAll, models }: Surroundings,
): Candidate | RefusedFile | 'other' | 'undirected' {
  const { source, name: path, content, bytes } = file;
  const name = basename(path.replaceAll('\\', '/'));
  const refuse = (why: string): RefusedFile => ({ source, name: path, why });
  if (!isLicenseName(name))
    return (content !== null && otherFile(content) === 'an archive') || isArchiveName(name)
      ? refuse('it is an archive within what was named; unpack it and import it by itself')
      : 'other';
  const named = parseLicenseName(name);
  if (named === null) return refuse('its name has no MAC; license files are named like 00CCFC123456.lic');
  if (content === null) return refuse(`it has ${bytes} bytes, too many for a license`);
  const problem = licenseProblem(content, named.mac);
  if (problem !== null)
    return refuse(
      problem.kind === 'other-phone'
        ? `it names another phone, ${problem.named}`
        : problem.kind === 'empty'
          ? problem.text
          : `it is ${problem.text}, not a license`,
    );
  const said = saidDirections(file, named.behind, models);
  if (said.size > 1)
    return refuse(
      'its name, its folder and its content do not agree on its direction; import it by itself from a folder without one',
    );
  if (content !== null && otherDirectionThan('e2m', models)(textOf(content)) === 'both')
    return refuse('its content says both directions; ask whoever made it which one it is for');
  const [own] = said;
  if (own !== undefined && direction !== null && isOfAll && own !== direction)
    return refuse(`it says that it is for ${own}, and --direction says ${direction}`);
  const chosen = own ?? direction;
  if (chosen === null) return 'undirected';
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { mac: named.mac, direction: chosen, file: name, path, sha256, bytes, source, content };
}

/** What the file's name, its folders and its content say; where the name says something, the archive's name does not count. */
function saidDirections({ source, name, content }: FoundFile, behind: string, models: Models): Set<Direction> {
  const folders = dirname(name.replaceAll('\\', '/'));
  const own = [behind, folders, content === null ? '' : textOf(content)].flatMap(
    (text) => directionIn(text, models) ?? [],
  );
  const said = own.length > 0 ? own : [directionIn(basename(source.replaceAll('\\', '/')), models)];
  return new Set(said.filter((one) => one !== null));
}

function sameNames(licenses: readonly Pick<HeldLicense, 'mac' | 'file' | 'direction'>[]): Mac[] {
  const names = new Map<string, Direction>();
  const macs = new Set<Mac>();
  for (const { mac, file, direction } of licenses) {
    const name = file.toUpperCase();
    const other = names.get(name);
    if (other !== undefined && other !== direction) macs.add(mac);
    names.set(name, direction);
  }
  return [...macs];
}

function sameContents(licenses: readonly NewLicense[]): Mac[] {
  const times = new Map<string, number>();
  for (const { sha256 } of licenses) times.set(sha256, (times.get(sha256) ?? 0) + 1);
  return [...new Set(licenses.filter(({ sha256 }) => (times.get(sha256) ?? 0) > 1).map(({ mac }) => mac))];
}
