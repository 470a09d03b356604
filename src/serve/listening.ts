import { codeOf, messageOf } from '../domain/text/error-reason.js';
import { UsageError } from '../domain/text/usage-error.js';

/** What a server listens at, for its messages. */
export interface Place {
  protocol: 'http' | 'tftp';
  address: string;
  port: number;
}

/** The options that say where a server listens. */
export interface ListenOptionNames {
  http: string;
  tftp: string;
  address: string;
  /** What leaves a protocol out, in words. */
  without: Readonly<Record<Place['protocol'], string>>;
}

const ofServe: ListenOptionNames = {
  ...{ http: '--http-port', tftp: '--tftp-port', address: '--address' },
  without: { http: 'leave it out with --no-http', tftp: 'leave it out with --no-tftp' },
};

/** Why a server cannot listen, with what to do about it. */
export function cannotListen({ protocol, address, port }: Place, error: unknown, names = ofServe): UsageError {
  const flag = names[protocol];
  const other = `choose another with ${flag} (0: any free one), or ${names.without[protocol]}`;
  const code = codeOf(error);
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `${flag} ${port}: another program has this port already; end it, ${other}.`,
    EACCES: `${flag} ${port}: ports below 1024 need a right that this user does not have; ${other}, or give the right: in a systemd unit AmbientCapabilities=CAP_NET_BIND_SERVICE, elsewhere setcap cap_net_bind_service=+ep on the node program (docs/file-server.md).`,
    EADDRNOTAVAIL: `${names.address} ${address}: this machine has no such address; give one of its own, or leave the option out for all.`,
  };
  const sentence = sentences[code ?? ''] ?? `${flag} ${port} cannot be used (${messageOf(error)}); ${other}.`;
  return new UsageError(sentence, { cause: error });
}
