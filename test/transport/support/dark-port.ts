import { spawn } from 'node:child_process';
import net from 'node:net';

/** A port that takes no connection and refuses none: the attempt just lasts, as with a phone that is off. */
export interface DarkPort {
  port: number;
  close(): Promise<void>;
}

const sleeper = `
  const server = require('node:net').createServer();
  server.listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => {
    require('node:fs').writeSync(1, String(server.address().port) + '\\n');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;

/** A listener that never accepts, in a process of its own; its queue is filled first. */
export async function darkPort(): Promise<DarkPort> {
  const child = spawn(process.execPath, ['-e', sleeper], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve) => child.stdout.once('data', (text) => resolve(Number(text))));
  const fillers = Array.from({ length: 6 }, () => net.connect(port, '127.0.0.1').on('error', () => {}));
  await new Promise((resolve) => fillers[0]?.once('connect', resolve));
  return {
    port,
    close: async () => {
      for (const filler of fillers) filler.destroy();
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
  };
}
