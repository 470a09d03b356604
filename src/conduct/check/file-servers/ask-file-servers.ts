import type { MigrationProfile } from '../../../domain/plan/migration-profile.js';
import { placed } from '../../../config/settings/where.js';
import { refuseProblems } from '../../../domain/text/usage-error.js';
import type { Site } from '../../../domain/network/site.js';
import { askFileServers, type FleetSettings } from '../../../fleet/run/assemble.js';
import { filesTrustOf } from '../../options/connection.js';
import type { Given } from '../../options/sources.js';
import type { RunSettings } from '../../options/table.js';
import { systemClock } from '../../system-clock.js';
import { fileServersOf, type RuleServer } from './file-servers.js';

/**
 * Asks the file servers of a new run once, before any phone is contacted.
 * @returns warnings of servers that perhaps no phone of this run needs
 * @throws UsageError, one sentence for each server that is not there
 */
export async function refuseAbsentServers(
  { settings, written }: Given,
  profile: MigrationProfile | null,
  fleet: Pick<FleetSettings, 'filesTls' | 'timeoutMs'>,
  sites: readonly Site[] = written.sites,
): Promise<string[]> {
  const servers = fileServersOf(settings, profile, sites);
  const problems = await askFileServers(
    servers.map(({ url }) => url),
    fleet,
    systemClock,
  );
  const told = servers.flatMap((server) => {
    const problem = problems.get(server.url);
    return problem === undefined ? [] : [{ server, problem }];
  });
  // Where nobody names one, phones fetch from Unified CM.
  const isGiven = written.origin.files !== 'default' || settings.serve !== null;
  const sentence = ({ server: { url, from }, problem }: (typeof told)[number], end: string): string => {
    const text = `${nameOf(from, isGiven)} ${url}: this file server is not there: ${problem}.${end}`;
    if ('option' in from) return placed(from.option, written.where[from.option]?.[0], text);
    return 'site' in from ? placed('files', written.placeOf(['sites', from.site, 'files']), text) : text;
  };
  refuseProblems(told.filter(({ server }) => server.isCertain).map((one) => sentence(one, ' No phone was contacted.')));
  return told.map((one) => sentence(one, ' Phones of that site will be blocked while it is away.'));
}

/**
 * The same for a resume, whose options are those of its run.
 * @returns one sentence for each server that is not there
 */
export async function absentServersOf(
  settings: RunSettings,
  profile: MigrationProfile | null,
  sites: readonly Site[],
): Promise<string[]> {
  const servers = fileServersOf(settings, profile, sites).filter(({ isCertain }) => isCertain);
  const fleet = { filesTls: filesTrustOf(settings), timeoutMs: settings.timeout };
  const problems = await askFileServers(
    servers.map(({ url }) => url),
    fleet,
    systemClock,
  );
  return [...problems].map(([url, problem]) => `The file server ${url} of this run is not there: ${problem}.`);
}

function nameOf(from: RuleServer['from'], isGiven: boolean): string {
  if ('option' in from) return from.option === 'files' && !isGiven ? 'The files of Unified CM,' : `--${from.option}`;
  return 'site' in from ? `The files of the site ${from.site},` : `The rule of the profile ${from.profile},`;
}
