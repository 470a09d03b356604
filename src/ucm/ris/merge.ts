import type { UcmRegistration } from '../ucm.js';

/** A phone that no node lists. */
function unlisted(name: string, registered: 'no' | 'unknown'): UcmRegistration {
  return {
    name,
    registered,
    status: null,
    statusReason: null,
    activeLoad: null,
    download: 'none',
    downloadFailure: null,
    httpd: null,
    address: null,
    at: null,
    node: null,
  };
}

/**
 * What the nodes together say of one phone. Registered anywhere, it is registered: the newest of these holds. Otherwise it is not, if every node
 * that lists it says so and none was silent.
 * @param found each as one node has it
 */
export function merged(name: string, found: readonly UcmRegistration[], isAnyNodeSilent: boolean): UcmRegistration {
  const newest = newestOf(found.filter(({ registered }) => registered === 'yes')) ?? newestOf(found);
  if (newest === null) return unlisted(name, isAnyNodeSilent ? 'unknown' : 'no');
  if (newest.registered === 'yes') return newest;
  const isNo = !isAnyNodeSilent && found.every(({ registered }) => registered === 'no');
  return { ...newest, registered: isNo ? 'no' : 'unknown' };
}

/** One without a time is older than any that has one. */
function newestOf(found: readonly UcmRegistration[]): UcmRegistration | null {
  return found.reduce<UcmRegistration | null>(
    (newest, one) => (newest === null || (one.at ?? -1) > (newest.at ?? -1) ? one : newest),
    null,
  );
}
