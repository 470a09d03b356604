import type { LoadCheck } from '../../domain/firmware/load-check.js';
import type { Models } from '../../domain/phone/models.js';
import type { Clock } from '../../domain/ports/clock.js';
import { formatBytes } from '../../domain/text/bytes.js';
import type { UcmFinding } from '../../domain/unified-cm/check.js';
import { ageOfFile } from '../../files/servers/modified.js';
import { filesOptions, type FilesSettings } from '../run/assemble.js';
import { checkFirmware } from '../run/check-firmware.js';

/** A server that phones take loads from. */
export interface LoadServer {
  /** As the cluster calls it, or as `--load-server` does. */
  node: string;
  http: string;
  tftp: string;
  /** How long ago its TFTP service was started (ms); `null`: not told, or none of Unified CM's. */
  upMs: number | null;
  /** It belongs to the cluster; otherwise somebody else serves there. */
  isOfCluster: boolean;
}

/** The loads to look for, by load family, and how servers are spoken to. */
export interface LoadsWanted {
  loads: Readonly<Record<string, string>>;
  stepUpLoads: Readonly<Record<string, string>>;
  models: Models;
  reach: FilesSettings;
  clock: Clock;
}

/** What was found on one server, and what has to be brought there. */
export interface FoundFiles {
  findings: UcmFinding[];
  missing: string[];
}

type Asked = { load: string; state: UcmFinding['state']; why: string; check: LoadCheck };

/** Looks for every load on one server, over HTTP and over TFTP: phones try one and then the other. */
export async function checkLoads(server: LoadServer, wanted: LoadsWanted): Promise<FoundFiles> {
  const [http, tftp] = await Promise.all([askFor(server.http, wanted), askFor(server.tftp, wanted)]);
  const findings: UcmFinding[] = [];
  const missing: string[] = [];
  for (const [at, byHttp] of http.entries()) {
    const byTftp = tftp[at];
    if (byTftp === undefined) continue;
    const advice = adviceFor(server, byHttp, byTftp);
    findings.push(...loadFindings(server, byHttp, byTftp, advice));
    if (byHttp.state === 'no') missing.push(...filesToBring(byHttp));
    else if (byTftp.state === 'no' && byHttp.state === 'unknown') missing.push(...filesToBring(byTftp));
    if (byHttp.state === 'yes' && server.isOfCluster) findings.push(await restartFinding(server, byHttp.load, wanted));
  }
  return { findings, missing };
}

async function askFor(base: string, { loads, stepUpLoads, models, reach, clock }: LoadsWanted): Promise<Asked[]> {
  const rule = { loads, stepUpLoads, upgradeRule: '{files}/{load}.loads' };
  const checks = await checkFirmware(rule, base, models, reach, clock);
  return checks.map((check) => ({
    load: check.load,
    state: check.ok ? 'yes' : check.isUnknown || check.isSilent ? 'unknown' : 'no',
    why: check.why ?? check.warnings.join(' '),
    check,
  }));
}

function loadFindings(server: LoadServer, http: Asked, tftp: Asked, advice: string | null): UcmFinding[] {
  const finding = ({ load, state, why, check }: Asked, over: string): UcmFinding => ({
    ...{ about: 'load', subject: `${load} on ${server.node} over ${over}`, state, isAsked: true },
    text: state === 'yes' ? [`There, with all ${imagesText(check)}.`, why].filter(Boolean).join(' ') : why,
    advice: state === 'yes' ? null : advice,
  });
  return http.state === 'yes' && tftp.state === 'yes'
    ? [finding(http, 'HTTP and TFTP')]
    : [finding(http, 'HTTP'), finding(tftp, 'TFTP')];
}

function imagesText(check: LoadCheck): string {
  const count = `${check.images.length} images`;
  return check.bytes === null ? count : `${count} (${formatBytes(check.bytes)})`;
}

function adviceFor({ node, isOfCluster }: LoadServer, http: Asked, tftp: Asked): string | null {
  const isMissing = http.state === 'no' || (tftp.state === 'no' && http.state !== 'yes');
  if (!isOfCluster)
    return isMissing
      ? `Put the files there; fleet-migrate serve FOLDER, on that machine, gives them as Unified CM does.`
      : `Start the file server there, at both ports: fleet-migrate serve FOLDER`;
  if (isMissing)
    return `Bring its files to ${node} by hand (below), or have phones take them elsewhere with --load-server; then: fleet-migrate ucm restart-tftp --node ${node}`;
  if (tftp.state === 'no')
    return `${node} has it, but its TFTP service does not know it yet: fleet-migrate ucm restart-tftp --node ${node}`;
  return `Ask from a machine that reaches ${node} as phones do (TCP 6970, UDP 69), and see that Cisco Tftp runs there.`;
}

/** What is lacking, in words. */
function filesToBring({ load, check }: Asked): string[] {
  const lacking = check.images.filter(({ bytes }) => bytes === null).map(({ name }) => name);
  return lacking.length > 0 ? lacking : [`${load}.loads, and all images beside it in its firmware archive`];
}

/** Servers tell times in whole seconds, twice here. */
const resolutionMs = 2_000;

/**
 * Whether the TFTP service was started since a load was put there: until then it may give what was there before. No server has to tell when a
 * file was changed, so this does not count.
 */
async function restartFinding(server: LoadServer, load: string, { reach, clock }: LoadsWanted): Promise<UcmFinding> {
  const { node, upMs } = server;
  const fileMs = await ageOfFile(`${server.http}/${load}.loads`, filesOptions(reach, clock));
  const about = { about: 'restart', subject: `${load} on ${node}`, isAsked: false } as const;
  const untold =
    upMs === null
      ? `${node} does not tell when it was started`
      : fileMs === null
        ? `${node} does not tell when the file was put there`
        : Math.abs(upMs - fileMs) < resolutionMs
          ? 'both were in the same moment'
          : null;
  if (upMs === null || fileMs === null || untold !== null) {
    const text = `Whether the TFTP service was restarted since is not known: ${untold ?? 'not told'}.`;
    return { ...about, state: 'unknown', text, advice: null };
  }
  if (upMs <= fileMs)
    return { ...about, state: 'yes', text: 'The TFTP service was started since it was put there.', advice: null };
  return {
    ...about,
    ...{ state: 'no', isAsked: true },
    text: `It was put there ${ago(fileMs)} ago, after the TFTP service was started ${ago(upMs)} ago: phones may be given what was there before.`,
    advice: `Restart it while no phone downloads: fleet-migrate ucm restart-tftp --node ${node}`,
  };
}

function ago(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2_880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1_440)} days`;
}
