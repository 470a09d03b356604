import { isLocalShortage } from '../../domain/failures/failure-codes.js';
import { otherDirectionThan } from '../../domain/licenses/file-name.js';
import type { Mac } from '../../domain/network/mac.js';
import { expandMacros, unexpandedMacros } from '../../domain/plan/macros.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import { ruleFrom } from '../../domain/plan/rule.js';
import type { UcmFinding } from '../../domain/unified-cm/check.js';
import { createPreflight } from '../../files/preflight.js';
import { filesOptions } from '../run/assemble.js';
import type { LoadServer, LoadsWanted } from './check-files.js';

/** Licenses that are asked for on one server: enough to show whether they were brought there. `licenses check` asks for all. */
const mostLicenses = 25;

/** Whether some of the licenses that are held are on one server, over HTTP, which is how a Multiplatform phone asks for its license. */
export async function checkLicenses(
  { node, http }: LoadServer,
  held: readonly Mac[],
  { authorizationRule, direction }: Pick<MigrationProfile, 'authorizationRule' | 'direction'>,
  { models, reach, clock }: Pick<LoadsWanted, 'models' | 'reach' | 'clock'>,
): Promise<UcmFinding> {
  const about = { about: 'license', subject: `licenses on ${node}`, isAsked: true } as const;
  const rule = ruleFrom(authorizationRule, http, null) ?? '';
  const asked = held.slice(0, mostLicenses);
  const preflight = createPreflight(filesOptions(reach, clock), [], otherDirectionThan(direction, models));
  const lacking: Mac[] = [];
  const unknown: string[] = [];
  for (const mac of asked) {
    const values = { MA: mac.toLowerCase(), MAU: mac, MAC: mac };
    const [own] = unexpandedMacros(rule, values);
    if (own !== undefined) {
      const text = `Only a phone knows what ${own} in ${rule} stands for, so no license was looked for.`;
      return { ...about, state: 'unknown', text, advice: null };
    }
    const check = await preflight.license(expandMacros(rule, values), mac);
    if (check.ok) continue;
    if (isLocalShortage(check) || check.code === 'files-unreachable') unknown.push(check.message);
    else lacking.push(mac);
  }
  const looked = `${asked.length} of the ${held.length} licenses held for these phones were looked for`;
  if (lacking.length > 0)
    return {
      ...{
        ...about,
        state: 'no',
        text: `${looked}; ${lacking.length} ${lacking.length === 1 ? 'is' : 'are'} not there, such as ${lacking[0] ?? ''}.lic.`,
      },
      advice: `Bring them to ${node} as its firmware, or have phones take them elsewhere with --files; fleet-migrate licenses check --files ${http} looks for every one.`,
    };
  const [first] = unknown;
  if (first !== undefined)
    return {
      ...{ ...about, state: 'unknown', text: `${looked}; of ${unknown.length} nothing is known: ${first}` },
      advice: `Ask from a machine that reaches ${node} as phones do.`,
    };
  return { ...about, state: 'yes', text: `${looked}, and all of them are there.`, advice: null };
}
