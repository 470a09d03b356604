import type { UcmAccess } from '../../domain/network/ucm-access.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { UcmLoads } from '../../domain/plan/plan-options.js';

// What is known of the Unified CM of a run before it is asked; apart from `begin.ts`, which loads what asks it.

/**
 * Whether the phones of a Unified CM are targets of a run. Those that are to move to it are none of its phones yet: they are looked for where
 * the run says, and Unified CM tells whether they have arrived.
 */
export function areTargets(profile: MigrationProfile | null): boolean {
  return profile === null || profile.direction !== 'm2e';
}

/** From where phones take the loads that Unified CM names; `files` is where they take everything else from. */
export function ucmLoadsOf({ host, filesPort, loadServer }: UcmAccess, files: string | null): UcmLoads {
  const ofFiles = files !== null && URL.canParse(files) ? new URL(files).hostname : null;
  // Phones are pointed to the server of the run's files, unless that is Unified CM itself.
  const server = loadServer ?? (ofFiles === null || ofFiles.toLowerCase() === host.toLowerCase() ? null : ofFiles);
  // Phones ask over HTTP once, then over TFTP (docs/knowledge/file-server.md).
  const at = server ?? host;
  return { server, urls: [`http://${at}:${filesPort}`, `tftp://${at}`] };
}
