import type { Mac } from '../../domain/network/mac.js';
import type { UcmAccess } from '../../domain/network/ucm-access.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import { messageOf } from '../../domain/text/error-reason.js';
import { isUsageError } from '../../domain/text/usage-error.js';
import type { UcmCheck, UcmFinding, UcmUpload } from '../../domain/unified-cm/check.js';
import { type Ucm, UcmError, type UcmService } from '../../ucm/ucm.js';
import { checkLicenses } from './check-licenses.js';
import { checkLoads, type LoadServer, type LoadsWanted } from './check-files.js';
import { rightsFindings, type RightsByRole } from './check-rights.js';
import { listUcmPhones, type UcmListed } from './list-phones.js';
import { needed, troubleOf } from './trouble.js';

/** What a cluster is checked for. */
export interface ClusterWanted extends Pick<LoadsWanted, 'models' | 'reach' | 'clock'> {
  access: Omit<UcmAccess, 'password' | 'tls'>;
  profile: MigrationProfile;
  knowledge: { roles: RightsByRole; tftpService: { started: string } };
  /** The phones whose license in the profile's direction is held. */
  held: readonly Mac[];
  /** Where TFTP servers listen. */
  tftpPort: number;
}

/**
 * Asks a cluster for all that a move through it takes; changes nothing.
 * @throws UsageError where not even its version could be asked for
 */
export async function checkCluster(ucm: Ucm, wanted: ClusterWanted): Promise<UcmCheck> {
  const { access, profile, knowledge } = wanted;
  const version = await needed(ucm.version());
  const findings: UcmFinding[] = [
    {
      ...{ about: 'version', subject: access.host, state: 'yes', isAsked: true },
      text: `Unified CM ${version}.`,
      advice: null,
    },
  ];
  findings.push(...(await rightsOf(ucm, access.username, knowledge.roles)));
  const listed = await phonesOf(ucm, access, findings);
  const nodes = await tftpNodes(ucm, knowledge.tftpService.started, findings);
  const notes = (listed?.emptyPools ?? []).map((pool) => `No phone is in the device pool ${pool}.`);
  const loads = loadsFor(listed, wanted, notes);
  const ofCluster = (nodes ?? [{ node: access.host, startedAt: null }]).map((node) => serverOf(node, wanted));
  const { loadServer } = access;
  const servers = loadServer === null ? ofCluster : [elsewhere(loadServer, wanted)];
  const uploads: UcmUpload[] = [];
  for (const found of await Promise.all(
    servers.map(async (server) => ({ server, ...(await checkLoads(server, loads)) })),
  )) {
    findings.push(...found.findings);
    const { node, isOfCluster } = found.server;
    if (found.missing.length > 0 && isOfCluster)
      uploads.push({ node, page: `https://${hostIn(node)}:${access.port}/cmplatform/`, files: found.missing });
  }
  await licensesOn(ofCluster, listed, wanted, findings, notes);
  return { host: access.host, profile: profile.name, findings, uploads, notes };
}

async function rightsOf(ucm: Ucm, username: string, roles: RightsByRole): Promise<UcmFinding[]> {
  try {
    return rightsFindings(username, await ucm.rights(), roles);
  } catch (error) {
    // Nothing more could be asked, and each further try may lock the user.
    if (error instanceof UcmError && error.code === 'ucm-login-refused') return needed(Promise.reject(error));
    return [{ ...{ about: 'rights', subject: username, state: 'unknown', isAsked: true }, ...troubleOf(error) }];
  }
}

/** The phones that are chosen; `null` where they cannot be listed. */
async function phonesOf(ucm: Ucm, access: ClusterWanted['access'], findings: UcmFinding[]): Promise<UcmListed | null> {
  const about = { about: 'phones', subject: choiceText(access), isAsked: true } as const;
  let listed: UcmListed;
  try {
    listed = await listUcmPhones(ucm, access);
  } catch (error) {
    if (!isUsageError(error)) throw error;
    findings.push({ ...about, state: 'unknown', text: messageOf(error), advice: null });
    return null;
  }
  const { phones, trouble } = listed;
  const registered = phones.filter((phone) => phone.registered === 'yes').length;
  const untold = phones.filter((phone) => phone.registered === 'unknown').length;
  findings.push({
    ...about,
    state: phones.length === 0 ? 'no' : untold > 0 ? 'unknown' : 'yes',
    text:
      phones.length === 0
        ? 'Unified CM lists no such phone.'
        : `${phones.length} listed, ${registered} registered${untold === 0 ? '' : `, of ${untold} it is not known`}.${trouble === null ? '' : ` ${trouble}`}`,
    advice:
      phones.length === 0
        ? 'Check the device pools and the pattern as Unified CM shows them.'
        : untold > 0 && trouble === null
          ? 'A node did not answer the real-time service: look at it in Cisco Unified Serviceability, then ask again.'
          : null,
  });
  return listed;
}

function choiceText({ devicePools, match }: ClusterWanted['access']): string {
  const pools = devicePools.length === 0 ? '' : ` of ${devicePools.join(', ')}`;
  return `7800 and 8800 phones${pools}${match === null ? '' : ` like ${match}`}`;
}

/** The nodes that have a TFTP service; `null` where they are not known. */
async function tftpNodes(
  ucm: Ucm,
  started: string,
  findings: UcmFinding[],
): Promise<Pick<UcmService, 'node' | 'startedAt'>[] | null> {
  let services: UcmService[];
  try {
    services = await ucm.tftpServices();
  } catch (error) {
    const { text, advice } = troubleOf(error);
    findings.push({
      ...{ about: 'tftp-service', subject: 'all nodes', state: 'unknown', isAsked: true },
      text: `${text} Which nodes serve files is not known; only the publisher was asked for them.`,
      advice,
    });
    return null;
  }
  for (const { node, name, status } of services) {
    const state = status === null ? 'unknown' : status.toLowerCase() === started.toLowerCase() ? 'yes' : 'no';
    findings.push({
      ...{ about: 'tftp-service', subject: `${name} on ${node}`, state, isAsked: true },
      text: status === null ? `${node} does not say whether it runs.` : `${status}.`,
      advice:
        state === 'yes'
          ? null
          : 'Look at it in Cisco Unified Serviceability > Tools > Control Center - Feature Services.',
    });
  }
  if (services.length > 0) return services;
  findings.push({
    ...{ about: 'tftp-service', subject: 'all nodes', state: 'no', isAsked: true },
    text: 'No node has a TFTP service that is activated, so phones are served by none of them.',
    advice:
      'Activate Cisco Tftp in Cisco Unified Serviceability > Tools > Service Activation, or have phones take loads elsewhere with --load-server.',
  });
  return null;
}

/** The loads of the load families that are listed; all where that is not known. */
function loadsFor(
  listed: UcmListed | null,
  { profile, models, reach, clock }: ClusterWanted,
  notes: string[],
): LoadsWanted {
  const { loads, stepUpLoads } = profile;
  const families = new Set(
    (listed?.phones ?? []).flatMap(({ model }) => (model === null ? [] : (models.models.get(model)?.loadFamily ?? []))),
  );
  const all = { loads, stepUpLoads, models, reach, clock };
  if (families.size === 0) return all;
  const left = Object.keys({ ...stepUpLoads, ...loads }).filter((family) => !families.has(family));
  if (left.length > 0)
    notes.push(`Loads of ${left.join(', ')} were not looked for: no phone of their models is listed.`);
  const own = (byFamily: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(byFamily).filter(([family]) => families.has(family)));
  return { ...all, loads: own(loads), stepUpLoads: own(stepUpLoads) };
}

function serverOf(
  { node, startedAt }: Pick<UcmService, 'node' | 'startedAt'>,
  { access, tftpPort, clock }: Pick<ClusterWanted, 'access' | 'tftpPort' | 'clock'>,
): LoadServer {
  const upMs = startedAt === null ? null : clock.now() - startedAt;
  return { ...elsewhere(node, { access, tftpPort }), upMs, isOfCluster: true };
}

function elsewhere(host: string, { access, tftpPort }: Pick<ClusterWanted, 'access' | 'tftpPort'>): LoadServer {
  const at = hostIn(host);
  return {
    ...{ node: host, http: `http://${at}:${access.filesPort}`, tftp: `tftp://${at}:${tftpPort}` },
    ...{ upMs: null, isOfCluster: false },
  };
}

/** A host within a URL: nodes may be named by IPv6 addresses. */
function hostIn(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

async function licensesOn(
  servers: readonly LoadServer[],
  listed: UcmListed | null,
  { profile, held, ...wanted }: ClusterWanted,
  findings: UcmFinding[],
  notes: string[],
): Promise<void> {
  if (profile.authorizationRule === null || profile.direction === 'none') return;
  // Phones that come to Unified CM need not be listed there yet.
  const isOfList = profile.direction === 'e2m';
  if (isOfList && listed === null) return void notes.push('No license was looked for, as no phone could be listed.');
  const macs = new Set(listed?.phones.map(({ mac }) => mac));
  const own = isOfList ? held.filter((mac) => macs.has(mac)) : held;
  if (own.length === 0)
    return void notes.push(
      'No license was looked for: none is held in the store for these phones (fleet-migrate licenses import).',
    );
  for (const server of servers) findings.push(await checkLicenses(server, own, profile, wanted));
}
