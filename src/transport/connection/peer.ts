import tls from 'node:tls';
import { TransportError } from '../errors/transport-error.js';

/**
 * The phone at the other end of a visit, as certificates and pages have shown it. A phone's certificate names its MAC, never its address,
 * so the MAC is what is compared.
 */
export interface Peer {
  /** The MAC that the first checked certificate of the visit named. */
  certified: string | null;
  /** The MAC that the phone's own page showed. */
  read: string | null;
  /** Until when the certificate was valid that was taken although it has expired; absent: none was. */
  expiredAt?: string;
}

/** The MAC in the common name of a phone's certificate (`CP-8851-SEP<MAC>`), 12 upper-case digits; `null` where it names none. */
export type NamedMac = (commonName: string) => string | null;

/** A peer about which nothing is known yet. */
export function unknownPeer(): Peer {
  return { certified: null, read: null };
}

/**
 * Why a trusted certificate is not this phone's; `null` when it may be, and then `peer` holds the MAC it named. A certificate without a MAC
 * must name the host, or any certificate of a public authority would do.
 */
export function certificateMismatch(
  certificate: tls.PeerCertificate,
  host: string,
  namedMac: NamedMac,
  peer: Peer,
): TransportError | null {
  const names = [certificate.subject?.CN ?? []].flat();
  const macs = new Set(names.map(namedMac).filter((mac) => mac !== null));
  const [mac] = macs;
  if (mac === undefined) {
    const named = names.length === 0 ? 'no name' : names.join(', ').slice(0, 120);
    const otherHost = tls.checkServerIdentity(host, certificate) !== undefined;
    return otherHost ? mismatch(`it is issued to ${named}: neither a phone's MAC nor ${host}`) : null;
  }
  if (macs.size > 1) return mismatch('it names more than one MAC');
  const known = [peer.read, peer.certified].find((one) => one !== null && one !== mac);
  if (known) return mismatch(`it names ${mac}, but the phone is ${known}`);
  peer.certified = mac;
  return null;
}

function mismatch(reason: string): TransportError {
  return new TransportError('certificate-mismatch', `it shows another device's certificate: ${reason}`);
}
