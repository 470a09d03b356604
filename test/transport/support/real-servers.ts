import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian puts web servers, besides what the user's path names. */
const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

/** The path of a program, or `null` where it is not installed. */
export function program(name: string): string | null {
  return folders.map((folder) => join(folder, name)).find((path) => path !== name && existsSync(path)) ?? null;
}

/** A web server of somebody else, in the foreground, in a folder of the test, as the current user. */
export interface RealServer {
  stop(): Promise<void>;
}

/** Apache ends its whole process group when it is told to stop: that must not be the test's. */
const inItsOwnGroup = { stdio: 'ignore', detached: true } as const;

/** Root must not own what a server of no rights is to read. */
const isRoot = process.getuid?.() === 0;

/** What every page and post of the test answers with: the method, and what was posted. */
const script = '#!/bin/sh\nprintf "Content-Type: text/plain\\r\\n\\r\\n%s " "$REQUEST_METHOD"\nexec cat\n';

export interface Realm {
  name: string;
  username: string;
  /** Lines of the file of passwords, as `htdigest` writes them. */
  users: readonly string[];
}

function prepare(folder: string, { users }: Realm): { root: string; users: string; log: string } {
  const root = join(folder, 'root');
  mkdirSync(join(root, 'admin'), { recursive: true });
  writeFileSync(join(root, 'admin', 'page.cgi'), script, { mode: 0o755 });
  writeFileSync(join(folder, 'users'), `${users.join('\n')}\n`, { mode: 0o644 });
  chmodSync(folder, 0o755);
  return { root, users: join(folder, 'users'), log: join(folder, 'error.log') };
}

/** Starts lighttpd with one realm. `method` and `algorithm` are mod_auth's. */
export async function startLighttpd(
  path: string,
  folder: string,
  port: number,
  realm: Realm,
  { method, algorithm }: { method: 'digest' | 'basic'; algorithm?: 'MD5' | 'SHA-256' },
): Promise<RealServer> {
  const { root, users, log } = prepare(folder, realm);
  const how = algorithm === undefined ? '' : `"algorithm" => "${algorithm}",`;
  writeFileSync(
    join(folder, 'lighttpd.conf'),
    `server.modules = ("mod_auth", "mod_authn_file", "mod_cgi")
server.document-root = "${root}"
server.bind = "127.0.0.1"
server.port = ${port}
server.errorlog = "${log}"
server.upload-dirs = ("${folder}")
cgi.assign = (".cgi" => "/bin/sh")
auth.backend = "htdigest"
auth.backend.htdigest.userfile = "${users}"
auth.require = ("/" => ("method" => "${method}", ${how} "realm" => "${realm.name}", "require" => "valid-user"))
`,
  );
  return start(spawn(path, ['-D', '-f', join(folder, 'lighttpd.conf')], inItsOwnGroup), log);
}

/**
 * Starts Apache with Digest.
 * @param nonceLifetime seconds a nonce is taken; 0: once
 */
export async function startApache(
  path: string,
  folder: string,
  port: number,
  realm: Realm,
  nonceLifetime: number,
): Promise<RealServer> {
  const { root, users, log } = prepare(folder, realm);
  const modules = process.env['APACHE_MODULES'] ?? '/usr/lib/apache2/modules';
  const load = (name: string): string => `LoadModule ${name}_module ${modules}/mod_${name}.so\n`;
  writeFileSync(
    join(folder, 'apache.conf'),
    `ServerRoot "${folder}"
ServerName localhost
Listen 127.0.0.1:${port}
PidFile "${join(folder, 'pid')}"
DefaultRuntimeDir "${folder}"
ErrorLog "${log}"
LogLevel auth_digest:info
${['mpm_prefork', 'authn_core', 'authn_file', 'authz_core', 'authz_user', 'auth_digest', 'cgi', 'alias'].map(load).join('')}
${isRoot ? 'User nobody\nGroup nogroup' : ''}
StartServers 1
MinSpareServers 1
MaxSpareServers 1
KeepAlive On
MaxKeepAliveRequests 0
KeepAliveTimeout 30
ScriptAlias /admin/ "${root}/admin/"
<Location "/">
  AuthType Digest
  AuthName "${realm.name}"
  AuthDigestProvider file
  AuthDigestQop auth
  AuthDigestNonceLifetime ${nonceLifetime}
  AuthUserFile "${users}"
  Require valid-user
</Location>
`,
  );
  return start(spawn(path, ['-D', 'FOREGROUND', '-f', join(folder, 'apache.conf')], inItsOwnGroup), log);
}

async function start(child: ChildProcess, log: string): Promise<RealServer> {
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  // Not even a test that is broken off leaves its server behind.
  const killGroup = (): void => void (child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'));
  process.once('exit', killGroup);
  void ended.then(() => process.off('exit', killGroup));
  let isOver = false;
  void ended.then(() => (isOver = true));
  return {
    stop: async () => {
      if (isOver) throw new Error(`the server ended by itself: ${existsSync(log) ? readFileSync(log, 'utf8') : ''}`);
      child.kill('SIGTERM');
      await ended;
    },
  };
}
