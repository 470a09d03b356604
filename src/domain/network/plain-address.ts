/** The same address in one form: an IPv4 address that came over an IPv6 socket in dotted form. */
export function plainAddress(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}
