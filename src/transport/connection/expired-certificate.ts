import { X509Certificate } from 'node:crypto';
import type { TlsSettings } from './trust.js';

/** No phone's certificate has more authorities above it. */
const longestChain = 6;
/** The purpose of a web server (RFC 5280, id-kp-serverAuth). */
const serverAuth = '1.3.6.1.5.5.7.3.1';

const pems = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^]*?-----END (?:TRUSTED )?CERTIFICATE-----/g;
const anchors = new WeakMap<TlsSettings, readonly X509Certificate[]>();

function anchorsOf(settings: TlsSettings): readonly X509Certificate[] {
  let known = anchors.get(settings);
  if (!known) {
    known = settings.ca.flatMap((text) => text.match(pems) ?? []).map((pem) => new X509Certificate(pem));
    anchors.set(settings, known);
  }
  return known;
}

/**
 * Whether a certificate that OpenSSL calls expired has nothing else against it: an unbroken chain of signatures to an authority of `--ca`,
 * authorities that may sign, nothing that is not valid yet. OpenSSL tells only the last fault it finds, so its verdict does not say that
 * the chain is sound. The authorities may have expired as well: a manufacturing CA ends in 2029. Public authorities do not count.
 * @param leaf with the certificates above it that the phone sent, as `issuerCertificate`
 * @param now milliseconds since the epoch
 */
export function isSoundButExpired(leaf: X509Certificate, settings: TlsSettings, now: number): boolean {
  const known = anchorsOf(settings);
  const purposes: readonly string[] | undefined = leaf.keyUsage;
  if (purposes && !purposes.includes(serverAuth)) return false;
  let current: X509Certificate | undefined = leaf;
  for (let depth = 0; current && depth < longestChain; depth += 1) {
    const certificate: X509Certificate = current;
    if (Date.parse(certificate.validFrom) > now) return false;
    const anchor = known.find((one) => one.fingerprint256 === certificate.fingerprint256 || signs(one, certificate));
    if (anchor) return Date.parse(anchor.validFrom) <= now;
    const above: X509Certificate | undefined = certificate.issuerCertificate;
    current = above && signs(above, certificate) ? above : undefined;
  }
  return false;
}

function signs(authority: X509Certificate, certificate: X509Certificate): boolean {
  return authority.ca && certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
}
