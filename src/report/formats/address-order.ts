/** Compares addresses by number (`10.0.0.9` before `10.0.0.10`), also with a port; host names come after them, in the alphabet's order. */
export function compareAddresses(a: string, b: string): number {
  const [left, right] = [addressNumber(a), addressNumber(b)];
  if (left !== null && right !== null) return left - right;
  if (left !== null || right !== null) return left !== null ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Address and port as one number below 2^48; `null` for what is no IPv4 address. */
function addressNumber(text: string): number | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?::(\d{1,5}))?$/.exec(text);
  if (!match) return null;
  const [, a, b, c, d, port = '0'] = match;
  return [a, b, c, d].reduce((number, part) => number * 256 + Number(part), 0) * 65_536 + Number(port);
}
