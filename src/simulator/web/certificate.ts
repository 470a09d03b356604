import { generate } from 'selfsigned';

/** Key and certificate in PEM. */
export interface Certificate {
  key: string;
  cert: string;
}

let made: Promise<Certificate> | undefined;

/** One self-signed certificate for all phones of this process, made when first needed. */
export function certificate(): Promise<Certificate> {
  made ??= generate([{ name: 'commonName', value: 'CP-0000-SEP000000000000' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  }).then((pems) => ({ key: pems.private, cert: pems.cert }));
  return made;
}
