import { nearMiss } from '../../../domain/text/near-miss.js';
import type { Site } from '../../../domain/network/site.js';
import { asGroup, groupAt } from '../key-groups.js';
import type { PathProblem } from '../../yaml/position.js';
import { listed } from '../../settings/option.js';
import { found } from '../../yaml/zod-messages.js';

/** The two ways to choose among the sites of the file: by their name, or by a tag they share. */
export type Chooser = 'site' | 'tag';

type Named = Pick<Site, 'name' | 'tags'>;

/** The sites with a name or a tag, in the order of the file. */
export function sitesNamed<T extends Named>(chooser: Chooser, name: string, sites: readonly T[]): T[] {
  return sites.filter((site) => (chooser === 'site' ? site.name === name : site.tags.includes(name)));
}

/** Why a name or a tag matches no site, with the known ones. */
export function unknownChoice(chooser: Chooser, name: string, sites: readonly Named[]): string {
  const known = [...new Set(sites.flatMap((site) => (chooser === 'site' ? [site.name] : site.tags)))];
  const none = chooser === 'site' ? `there is no site ${found(name)}` : `no site has the tag ${found(name)}`;
  const meant = nearMiss(name, known);
  if (meant !== null) return `${none}, did you mean ${found(meant)}?`;
  if (known.length > 0) return `${none}, known are ${known.join(', ')}`;
  return sites.length === 0 ? `${none}, as no sites are described` : `${none}, as no site has tags`;
}

/** `site:` and `tag:` in the file choose among the sites of the file. */
export function unknownChoices(data: Record<string, unknown>): PathProblem[] {
  const sites = Object.entries(groupAt(data, 'sites')).map(([name, body]) => ({
    name,
    tags: listed(asGroup(body)['tags']).map((tag) => String(tag).trim()),
  }));
  return (['site', 'tag'] as const).flatMap((chooser) =>
    listed(data[chooser])
      .map((name) => String(name).trim())
      .filter((name) => sitesNamed(chooser, name, sites).length === 0)
      .map((name) => ({ path: [chooser], problem: unknownChoice(chooser, name, sites) })),
  );
}
