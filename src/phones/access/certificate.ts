import { failure } from '../../domain/failures/failure-codes.js';
import { parseMac } from '../../domain/network/mac.js';
import type { Note } from '../../domain/failures/failure.js';
import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import { compile } from '../../pages/markup/text.js';
import type { NamedMac } from '../../transport/connection/peer.js';
import type { Identify } from '../identify.js';
import type { PhoneSession } from '../../transport/session/session.js';

/** How phones' certificates name their MAC (docs/knowledge/multiplatform-access.md#https-and-certificates: `CN=CP-8851-SEP<MAC>`). */
export function namedMacOf({ certificateNamePattern }: MultiplatformPages): NamedMac {
  const pattern = compile(certificateNamePattern);
  return (commonName) => parseMac(pattern.exec(commonName)?.groups?.['mac'] ?? '');
}

/**
 * Holds a phone to its certificate: the MAC on its page must be the one that the certificate names. Connections that are opened later
 * in the visit are held to the same MAC before anything is sent over them.
 */
export function heldToCertificate(identify: Identify): Identify {
  return async (session, depth, mayInitialize) => {
    const identified = await identify(session, depth, mayInitialize);
    const mac = identified.look.kind === 'phone' ? identified.look.facts.mac : null;
    if (mac === null) return identified;
    const { peer } = session;
    if (peer.certified !== null && peer.certified !== mac) {
      const message = `Its page shows ${mac}, but its certificate names ${peer.certified}.`;
      return { look: { kind: 'unreadable', failure: failure('certificate-mismatch', message) }, page: null };
    }
    peer.read = mac;
    return identified;
  };
}

/** Adds to a look how the phone was reached and signed in to, unless it was an open page over plain http. */
export function withAccessNotes(identify: Identify): Identify {
  return async (session, depth, mayInitialize) => {
    const identified = await identify(session, depth, mayInitialize);
    const { look } = identified;
    const note = accessNote(session);
    if (look.kind !== 'phone' || note === null) return identified;
    return { ...identified, look: { ...look, notes: [...(look.notes ?? []), note] } };
  };
}

function accessNote({ access, peer }: PhoneSession): Note | null {
  const { scheme, protocol, checked, signedInBy } = access;
  if (scheme === 'http' && signedInBy === null) return null;
  const connection = scheme === 'http' ? 'plain http' : `https (${protocol ?? 'TLS'})`;
  const certificate = !checked
    ? 'certificate not checked'
    : peer.certified === null
      ? 'certificate names the address'
      : `certificate names ${peer.certified}${peer.expiredAt === undefined ? '' : `, expired on ${peer.expiredAt} and was taken (--allow-expired-mic)`}`;
  const signed = signedInBy === null ? 'open' : `signed in by ${signedInBy}`;
  return { kind: 'access', text: `${signed} over ${connection}${scheme === 'https' ? `, ${certificate}` : ''}` };
}
