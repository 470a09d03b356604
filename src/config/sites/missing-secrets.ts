import { printable } from '../../domain/text/printable.js';
import type { Site } from '../../domain/network/site.js';
import type { FileFinding } from '../file/problems.js';
import { listed, type Written } from '../settings/option.js';
import { placedSentence } from '../yaml/config-error.js';
import type { SitesOfBoth } from './both.js';
import { needOf } from './needed.js';

/** What was read, and what is asked for. */
interface Read {
  both: SitesOfBoth;
  /** Of the file. */
  findings: readonly FileFinding[];
  /** With the targets of the chosen sites. */
  values: Readonly<Record<string, Written>>;
  chosen: readonly Site[];
  /** The store whose sites were read; `null`: none. */
  store: string | null;
  /** Whose passwords were looked up. Absent: of all sites. */
  secretsOf?: ((site: string, tags: readonly string[]) => boolean) | undefined;
  /** See the sources of settings. */
  mayHaveWorkers?: (values: Read['values']) => boolean;
}

/** One sentence each, in the order of the file. */
interface Told {
  ofFile: readonly string[];
  ofStore: readonly string[];
  warnings: readonly string[];
  /** Whether a password is missing that will be asked for. */
  isMissing: boolean;
}

/** So many sites are named. */
const mostNamed = 5;

/**
 * What is wrong with the file, and which passwords are not here: an error where they will be asked for, a warning where they may be, as far as
 * somebody else may have them. Those of other sites are none of this command's business.
 */
export function missingSecrets({ both, findings, values, chosen, store, secretsOf, mayHaveWorkers }: Read): Told {
  const asked = { values, chosen: new Set(chosen.map(({ name }) => name)) };
  const isChoice = ['site', 'tag'].some((name) => listed(values[name]).length > 0);
  const isElsewhere = !isChoice && (mayHaveWorkers?.(values) ?? false);
  const needFor = (name: string): ReturnType<typeof needOf> => {
    const site = both.sites.find((one) => one.name === name);
    // Those of no interest were not looked up.
    return secretsOf || !site ? 'surely' : needOf(site, asked);
  };
  const [ofFile, ofStore, warnings]: [string[], string[], string[]] = [[], [], []];
  let isMissing = false;
  for (const { place, problem, secretOf, chooses } of findings) {
    // What the store has of that name was looked for.
    if (chooses && store !== null) continue;
    const need = secretOf === undefined ? 'surely' : needFor(secretOf);
    if (need === 'no') continue;
    const isTold = secretOf !== undefined && (isElsewhere || (isChoice && need === 'maybe'));
    if (isTold)
      warnings.push(placedSentence(place, `${problem}; it is needed where phones of the site ${secretOf} are reached`));
    else ofFile.push(placedSentence(place, problem));
    isMissing ||= secretOf !== undefined && !isTold;
  }
  const open = new Set<string>();
  for (const { site, sentence } of both.unresolved) {
    const need = needFor(site);
    if (need === 'surely' && !isElsewhere) ofStore.push(sentence);
    else if (need !== 'no') open.add(site);
  }
  if (open.size > 0) warnings.push(notHere([...open], store ?? ''));
  return { ofFile, ofStore, warnings, isMissing: isMissing || ofStore.length > 0 };
}

function notHere(sites: readonly string[], store: string): string {
  const more = sites.length > mostNamed ? ` and ${sites.length - mostNamed} more` : '';
  const names = `${sites.slice(0, mostNamed).join(', ')}${more}`;
  return `Passwords of sites of ${printable(store)} are not here (${names}); whoever reaches their phones needs them, and --site NAME says what is missing.`;
}
