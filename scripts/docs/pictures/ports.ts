import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * So many free ports, of four digits as the simulator's usual ones are: what is told of them is as wide, and cut and wrapped at the same
 * places.
 */
export async function freePorts(count: number): Promise<number[]> {
  const free = new Set<number>();
  while (free.size < count) {
    const port = 2_000 + Math.floor(Math.random() * 7_000);
    if (await isFree(port)) free.add(port);
  }
  return [...free];
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
