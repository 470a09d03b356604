/** What a built-in scenario is made from. */
export interface BuiltinOptions {
  /** A CIDR in 127.0.0.0/8, large enough for the devices. */
  subnet: string;
  seed: number;
  /** How many devices, where the scenario leaves that open. */
  phones?: number;
}
