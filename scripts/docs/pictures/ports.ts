import { once } from 'node:events';
import { createServer } from 'node:net';

/** Where `fleet-migrate simulate` listens unless it is told otherwise: for http, for https, and for files. */
export const usualPorts = [8080, 8443, 6970] as const;

/** Of these four digits, ports that `fetch` and browsers refuse: other protocols are spoken there (https://fetch.spec.whatwg.org/#port-blocking). */
const refused = [3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697];

/** Ports that nobody gets here: what has been given may not be listened at yet, and the usual ones stand for others in what is told. */
const given = new Set<number>([...usualPorts, ...refused]);

/**
 * So many free ports, of four digits as the simulator's usual ones are: what is told of them is as wide, and cut and wrapped at the same
 * places.
 */
export async function freePorts(count: number): Promise<number[]> {
  const free: number[] = [];
  while (free.length < count) {
    // Above years, below models of phones: neither may be taken for a port in what is told.
    const port = 3_000 + Math.floor(Math.random() * 3_700);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) free.push(port);
  }
  return free;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '0.0.0.0');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
