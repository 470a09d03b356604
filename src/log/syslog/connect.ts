import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { connect as connectTcp, Socket } from 'node:net';
import { type Connect, onceBroken } from './connection.js';
import { framed } from './message.js';

/** One datagram a message (RFC 5426). A refusal of the last one is told by the system with the next, and the way is opened anew. */
export const overUdp =
  (host: string, port: number): Connect =>
  (events) => {
    const told = onceBroken(events);
    const socket = createSocket('udp4');
    socket.on('error', (error) => {
      told.broken(error);
      close();
    });
    const close = (): void => {
      told.silence();
      try {
        socket.close();
      } catch {
        // It was closed already.
      }
    };
    socket.once('connect', () => told.ready());
    // Without a function to call it tells a name that is not known as an error, too.
    socket.connect(port, host);
    return {
      send: (message, sent) => {
        try {
          socket.send(message, (error) => {
            if (error) told.broken(error);
            else sent();
          });
        } catch (error) {
          told.broken(error);
        }
      },
      close,
    };
  };

/** A stream with the length before each message (RFC 6587). */
export const overTcp =
  (host: string, port: number): Connect =>
  (events) => {
    const told = onceBroken(events);
    const socket = connectTcp({ host, port, family: 4 });
    socket.setKeepAlive(true, 60_000);
    socket.once('connect', () => told.ready());
    socket.on('error', (error) => told.broken(error));
    socket.on('close', () => told.broken(new Error('the server closed the connection')));
    // Syslog servers say nothing; unread, its end would not be seen.
    socket.resume();
    return {
      send: (message, sent) =>
        void socket.write(framed(message), (error) => {
          if (!error) sent();
        }),
      close: () => {
        told.silence();
        // What was written is still sent; a server that does not take it is not waited for.
        socket.destroySoon();
        socket.unref();
      },
    };
  };

const loggerWords = [
  ...['--prio-prefix', '--tag', 'fleet-migrate', `--id=${process.pid}`, '--size', '8KiB'],
  // Unasked it says nothing when there is no syslog.
  '--socket-errors=on',
];

/**
 * The syslog of this machine, by the `logger` command of util-linux: Node cannot speak to a datagram socket such as /dev/log. It reads one
 * line a message, with its priority in front.
 * @param words more of its command line: another socket
 */
export const overLogger =
  (words: readonly string[] = []): Connect =>
  (events) => {
    const told = onceBroken(events);
    const child = spawn('logger', [...loggerWords, ...words], { stdio: ['pipe', 'ignore', 'pipe'] });
    let says = '';
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      if (says.length < 300) says += piece;
    });
    child.on('spawn', () => told.ready());
    child.on('error', (error) => told.broken(error));
    child.on('close', () => told.broken(new Error(says.trim().split('\n')[0] || 'logger ended')));
    child.stdin.on('error', () => {
      // Its end says why.
    });
    return {
      send: (message, sent) =>
        void child.stdin.write(message, (error) => {
          if (!error) sent();
        }),
      close: () => {
        told.silence();
        child.stdin.end();
        // It has what was written; a syslog that does not take it is not waited for.
        child.unref();
        for (const pipe of [child.stdin, child.stderr]) if (pipe instanceof Socket) pipe.unref();
      },
    };
  };
