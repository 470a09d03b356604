import { generate } from 'selfsigned';
import type { Behavior } from '../behavior/behavior.js';
import { parseLoad } from '../firmware.js';
import type { PhoneSpec } from '../scenario/scenario.js';

/** Key and certificate in PEM. */
export interface Certificate {
  key: string;
  cert: string;
}

interface KeyPair {
  privateKey: string;
  publicKey: string;
}

/** All phones share a key and differ by certificate: making keys is slow. */
type Kind = Behavior['tls'];

const OPTIONS = {
  modern: { keyType: 'ec', algorithm: 'sha256' },
  old: { keyType: 'rsa', algorithm: 'sha1' },
} as const;
/** Fixed: clients check them by the machine's clock, not the phones'. */
const VALID = { notBeforeDate: new Date('2020-01-01'), notAfterDate: new Date('2049-12-31') };
const EXPIRED = { notBeforeDate: new Date('2012-01-01'), notAfterDate: new Date('2020-01-01') };

const authorities: Partial<Record<Kind, Promise<Certificate>>> = {};
const keys: Partial<Record<Kind, Promise<KeyPair>>> = {};

/** The manufacturing CA of this process, one for each kind of TLS, made when first needed. */
export function authority(kind: Kind): Promise<Certificate> {
  authorities[kind] ??= generate(
    [
      { name: 'commonName', value: `Simulated Manufacturing CA ${kind}` },
      { name: 'organizationName', value: 'fleet-migrate simulator' },
    ],
    {
      ...OPTIONS[kind],
      ...VALID,
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      ],
    },
  ).then((pems) => ({ key: pems.private, cert: pems.cert }));
  return authorities[kind];
}

/**
 * The certificate a device shows. Its subject is spelled as manufacturing writes it
 * (docs/knowledge/multiplatform-access.md#https-and-certificates).
 */
export async function certificateFor(spec: PhoneSpec): Promise<Certificate> {
  const { certificate, tls } = spec.behavior;
  const keyPair = await sharedKeys(tls);
  const subject = [
    { name: '2.5.4.5', value: `PID:${productOf(spec)} SN:${spec.serial}` },
    { name: 'commonName', value: commonName(spec) },
    { shortName: 'OU', value: 'CTG' },
    { name: 'organizationName', value: 'Cisco Systems Inc.' },
  ];
  const pems = await generate(subject, {
    ...OPTIONS[tls],
    ...(certificate === 'expired' ? EXPIRED : VALID),
    ...(certificate === 'self-signed' ? {} : { ca: await authority(tls) }),
    keyPair,
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
      { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
    ],
  });
  return { key: keyPair.privateKey, cert: pems.cert };
}

/**
 * The certificate that the nodes of a Unified CM cluster show: for `localhost` and their addresses, by the CA that signs the phones' too.
 * @param kind what is wrong with it
 */
export async function clusterCertificate(
  kind: 'good' | 'expired' | 'other-name' | 'self-signed',
  addresses: readonly string[],
): Promise<Certificate> {
  const keyPair = await sharedKeys('modern');
  const names =
    kind === 'other-name'
      ? [{ type: 2 as const, value: 'cucm.example.com' }]
      : [{ type: 2 as const, value: 'localhost' }, ...addresses.map((ip) => ({ type: 7 as const, ip }))];
  const pems = await generate([{ name: 'commonName', value: 'cucm.example.com' }], {
    ...OPTIONS.modern,
    ...(kind === 'expired' ? EXPIRED : VALID),
    ...(kind === 'self-signed' ? {} : { ca: await authority('modern') }),
    keyPair,
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names },
    ],
  });
  return { key: keyPair.privateKey, cert: pems.cert };
}

/** What a certificate depends on, as a key. */
export function certificateKey(spec: PhoneSpec): string {
  return `${spec.behavior.certificate} ${spec.behavior.tls} ${commonName(spec)} ${spec.serial}`;
}

function commonName(spec: PhoneSpec): string {
  switch (spec.behavior.certificate) {
    case 'no-mac':
      return productOf(spec);
    case 'other-mac':
      return `${productOf(spec)}-SEP${spec.mac.slice(0, 6)}${otherHalf(spec.mac)}`;
    case 'self-signed':
    case 'manufacturing':
    case 'expired':
      return `${productOf(spec)}-SEP${spec.mac}`;
  }
}

/** `CP-8841-3PCC`, or `CP-8841` for a phone made for Enterprise firmware. */
function productOf({ kind, model, load }: PhoneSpec): string {
  if (kind !== 'phone') return model;
  return parseLoad(load)?.family === 'enterprise' ? `CP-${model}` : `CP-${model}-3PCC`;
}

function otherHalf(mac: string): string {
  const number = Number.parseInt(mac.slice(6), 16) ^ 0xffffff;
  return number.toString(16).toUpperCase().padStart(6, '0');
}

function sharedKeys(kind: Kind): Promise<KeyPair> {
  keys[kind] ??= generate([{ name: 'commonName', value: 'key' }], { ...OPTIONS[kind], keySize: 1024 }).then((pems) => ({
    privateKey: pems.private,
    publicKey: pems.public,
  }));
  return keys[kind];
}
