import { loadSettingsFiles } from '../../config/profiles/settings-files.js';
import { allowList, type AllowList } from '../../domain/conversion/allow-list.js';
import { askedSettings } from '../../domain/conversion/settings-files.js';
import type { Models } from '../../domain/phone/models.js';
import { printable } from '../../domain/text/printable.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { parseLoads } from '../../files/firmware/loads.js';
import { findPhones, type FoundPhones } from '../../licenses/plan.js';
import { isAnyAddress } from '../../serve/addresses.js';
import { type ConvertSource, convertSource } from '../../serve/convert/convert.js';
import { reachedAt } from '../../serve/convert/reached-at.js';
import type { FileSource } from '../../serve/source.js';
import type { Store } from '../../store/store.js';
import { whichPhones } from '../commands/licenses/which-phones.js';
import type { ServeWords } from '../options/command-rows.js';
import { systemClock } from '../../conduct/system-clock.js';
import { whereTo } from './where-to.js';
import { noneText, type Tally, tallyLines } from './words.js';

/** What is served beside the files of the folder: settings that make phones Multiplatform, and what to say of it at the start. */
export interface Converting {
  source: FileSource;
  lines: string[];
}

/** What a folder is served from already. */
export interface Served {
  store: Store;
  models: Models;
  sources: readonly FileSource[];
  /** Names in the folder itself. */
  names: readonly string[];
  httpPort: () => number | null;
}

/** Whether the words of `serve` fit together as far as `--convert` goes. @throws UsageError where they do not */
export function checkConvertWords(words: ServeWords): void {
  if (words.convert === null) {
    const { inventory, column, fromRun, profile, advertise } = words;
    const given = { inventory: inventory.length > 0, column: column.length > 0, 'from-run': fromRun !== null };
    const idle = { ...given, profile: profile !== null, advertise: advertise !== null };
    const [name] = Object.entries(idle).find(([, isGiven]) => isGiven) ?? [];
    if (name !== undefined)
      throw new UsageError(`--${name} does nothing here without --convert e2m; add that, or leave it out.`);
    return;
  }
  whichPhones(words);
  if (!words.http)
    throw new UsageError(
      '--convert e2m and --no-http: Multiplatform phones show over HTTP alone which phone they are; leave --no-http out.',
    );
  if (words.direction === 'm2e')
    throw new UsageError(
      '--convert e2m and --direction m2e: phones would be given licenses of the other direction; leave --direction out.',
    );
}

/**
 * What `--convert e2m` adds; `null` without it. Contacts nothing.
 * @throws UsageError where no phone would be given a load: then there is nothing to convert
 */
export async function convertingFor(words: ServeWords, served: Served): Promise<Converting | null> {
  if (words.convert === null) return null;
  const { models } = served;
  const files = loadSettingsFiles();
  const { conversion, rules, profiles } = await whereTo(words.profile, models);
  const found = await findPhones(served.store, whichPhones(words), systemClock);
  const list = allowList(found.phones, conversion, models);
  const source = convertSource({
    ...{ list, rules, files, models, sources: served.sources, readLoads: parseLoads, clock: systemClock },
    licenseFiles: served.store.licenseFiles,
    reachedAt: reachedAt({
      advertised: words.advertise,
      address: isAnyAddress(words.address) ? null : words.address,
      httpPort: served.httpPort,
    }),
  });
  const from = await fromText(served.store, found);
  const tally = await tallyOf(list, source);
  if (tally.given.length === 0)
    throw new UsageError(
      `--convert e2m: no phone of ${from} would be given a load: ${noneText(tally)}. Mend that (docs/without-unified-cm.md says how), or leave --convert out.`,
    );
  const hidden = served.names.filter((name) => !['signed', undefined].includes(askedSettings(name, files)?.kind));
  return {
    source,
    lines: [
      ...found.warnings.map(({ path, text }) => `${printable(path)}: ${text}`),
      ...tallyLines(tally, from, profiles),
      ...(hidden.length === 0
        ? []
        : [
            `Not served with --convert, as they would get round the list: ${hidden
              .slice(0, 3)
              .map((name) => printable(name))
              .join(', ')}${hidden.length > 3 ? ` and ${hidden.length - 3} more` : ''}.`,
          ]),
    ],
  };
}

async function tallyOf({ allowed, refused, withoutMac }: AllowList, source: ConvertSource): Promise<Tally> {
  const given = [];
  const not = [...withoutMac, ...refused.values()];
  for (const mac of allowed.keys()) {
    const decision = await source.decide(mac);
    if (decision.kind === 'unavailable')
      throw new UsageError(`--convert e2m: it cannot be found out who may be given a load: ${decision.why}.`);
    if (decision.kind === 'given') given.push(decision.phone);
    else not.push(decision.refusal);
  }
  return { given, not };
}

async function fromText(store: Store, { from }: FoundPhones): Promise<string> {
  if (!('run' in from)) return from.inventories.join(', ');
  const run = await store.run(from.run);
  return `the run ${from.run}${run === null ? '' : ` of ${run.startedAt}`}`;
}
