/** One request that the cluster answered. Nothing secret is in it. */
export interface UcmLogEntry {
  /** Simulated milliseconds since 1970. */
  at: number;
  service: 'axl' | 'ris' | 'control-center' | 'version' | 'files' | 'tftp' | 'other';
  /** Of SOAP the operation, else the method; empty: none could be read. */
  operation: string;
  /** The device that it is about, or the file; empty: none or several. */
  device: string;
  /** Of `updatePhone`: the own load that it sets; empty: none, the model's default again. Absent: it sets no load, or another request. */
  load?: string;
  /** Of HTTP; of TFTP 200 or 404. */
  status: number;
}

/** The newest requests, and the rules that clients broke. */
export class UcmLog {
  readonly entries: UcmLogEntry[] = [];
  /** One phrase each, once per wording. */
  readonly violations: string[] = [];

  constructor(
    private readonly most: number,
    private readonly now: () => number,
    private readonly onRequest?: (entry: UcmLogEntry) => void,
  ) {}

  add(entry: Omit<UcmLogEntry, 'at'>, violation?: string): void {
    const whole = { at: this.now(), ...entry };
    this.entries.push(whole);
    this.onRequest?.(whole);
    if (this.entries.length > this.most) this.entries.splice(0, this.entries.length - this.most);
    if (violation !== undefined && !this.violations.includes(violation) && this.violations.length < 1000)
      this.violations.push(violation);
  }
}
