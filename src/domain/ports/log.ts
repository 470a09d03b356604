export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Values of one event by name. Whatever is named like a secret is redacted; the rest is shown as untrusted text. */
export type LogFields = Readonly<Record<string, unknown>>;

/** The phone that lines are about. */
export interface LogPhone {
  address: string;
  mac?: string | null;
}

/** Where a room logs what it does. One call is one line, whatever is in it; it never throws and never waits. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** Whether lines of this level go anywhere. */
  wants(level: LogLevel): boolean;
  /** A log whose lines carry the phone's address and, once known, its MAC. */
  child(phone: LogPhone): Log;
  /** Resolves when every line so far is written. Lines after it are dropped; closing a child closes nothing. */
  close(): Promise<void>;
}

/** A log that says nothing, for tests and for callers that gave none. */
export const silentLog: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  wants: () => false,
  child: () => silentLog,
  close: () => Promise.resolve(),
};
