import { codeOf, messageOf } from '../domain/text/error-reason.js';
import { UsageError } from '../domain/text/usage-error.js';

/** What a server listens at, for its messages. */
export interface Place {
  protocol: 'http' | 'tftp';
  address: string;
  port: number;
}

/** Why a server cannot listen, with what to do about it. */
export function cannotListen({ protocol, address, port }: Place, error: unknown): UsageError {
  const flag = `--${protocol}-port`;
  const other = `choose another with ${flag} (0: any free one), or leave it out with --no-${protocol}`;
  const code = codeOf(error);
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `${flag} ${port}: another program has this port already; end it, ${other}.`,
    EACCES: `${flag} ${port}: ports below 1024 need a right that this user does not have; ${other}, or give the right: in a systemd unit AmbientCapabilities=CAP_NET_BIND_SERVICE, elsewhere setcap cap_net_bind_service=+ep on the node program (docs/file-server.md).`,
    EADDRNOTAVAIL: `--address ${address}: this machine has no such address; give one of its own, or leave the option out for all.`,
  };
  const sentence = sentences[code ?? ''] ?? `${flag} ${port} cannot be used (${messageOf(error)}); ${other}.`;
  return new UsageError(sentence, { cause: error });
}
