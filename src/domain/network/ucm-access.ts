/** How a Unified CM cluster is spoken to, and which of its phones are meant. */
export interface UcmAccess {
  /** The publisher: a host name, or a dotted IPv4 address. */
  host: string;
  /** Of AXL, RisPort and Control Center. */
  port: number;
  username: string;
  /** A function, so that whatever shows settings does not show it. */
  password: () => string;
  /** `ca`: PEM texts; none: those that this machine trusts. */
  tls: { ca: string[]; insecure: boolean };
  /** Where its TFTP servers give files over HTTP. */
  filesPort: number;
  /** For the phones' setting *Load Server*; `null`: they ask Unified CM's TFTP servers. */
  loadServer: string | null;
  /** By whole names; none: all. */
  devicePools: readonly string[];
  /** A glob (`*`, `?`) of device name or description; `null`: all. */
  match: string | null;
  /** Web access is switched on where it is off, and put back. */
  enableWebAccess: boolean;
}
