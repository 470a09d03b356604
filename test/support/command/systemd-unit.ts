import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A unit file: what each of its directives says, in order. */
export type Unit = ReadonlyMap<string, readonly string[]>;

/** The directives of a unit file, whatever their section. An empty value takes back those before it, as systemd has it. */
export function readUnit(path: string): Unit {
  const unit = new Map<string, string[]>();
  for (const [, name = '', value = ''] of readFileSync(path, 'utf8').matchAll(/^(\w+)=(.*)$/gm))
    unit.set(name, value === '' ? [] : [...(unit.get(name) ?? []), value]);
  return unit;
}

/** The only value of a directive. @throws RangeError when it has none, or several */
export function only(unit: Unit, name: string): string {
  const [value, ...more] = unit.get(name) ?? [];
  if (value === undefined || more.length > 0) throw new RangeError(`${name}= does not stand there once`);
  return value;
}

/** The user of the sandbox: one without any right of its own. */
const nobody = 65_534;

/**
 * What a unit may see and write, by bind mounts in a mount namespace, as systemd does it: everything may only be read, but for the state
 * folder and `ReadWritePaths`. `/var/lib` and `/run` are folders of the test. Then the command, without any capability.
 */
const inside = `
set -e
box=$1 writable=$2; shift 2
mount --make-rprivate /
mount --bind "$box/var-lib" /var/lib
mount --bind "$box/run" /run
for path in $writable; do mount --bind "$path" "$path"; done
for path in / /var/lib /run; do mount -o remount,bind,ro "$path"; done
exec setpriv --reuid=${nobody} --regid=${nobody} --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all "$@"
`;

/** Whether this system lets us do that (Linux, as root). */
export const hasSandbox =
  process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'mount', '--make-rprivate', '/']).status === 0;

/** Runs what units start, with what they may do, but for the filter of system calls; all of them share `/var/lib` and `/run/lock`. */
export class Sandbox {
  /** @param box a folder that all may enter */
  constructor(private readonly box: string) {
    for (const [path, mode] of [
      ['var-lib', 0o755],
      ['run', 0o755],
      ['run/lock', 0o1777],
    ] as const) {
      mkdirSync(join(box, path));
      chmodSync(join(box, path), mode);
    }
  }

  /** Where a path below `/var/lib` is outside of the sandbox. */
  stateFile(path: string): string {
    return join(this.box, 'var-lib', path);
  }

  /**
   * Starts what `ExecStart` says.
   * @param installed what stands for files that are at a user's, by their paths there
   * @param secrets the content of the files of `LoadCredential`, by their paths
   * @param more further words for the command
   */
  start(
    path: string,
    installed: Readonly<Record<string, string>>,
    secrets: Readonly<Record<string, string>>,
    more: readonly string[] = [],
  ): ChildProcess {
    const unit = readUnit(path);
    for (const name of unit.get('StateDirectory') ?? [])
      this.#folder(join('var-lib', name), parseInt(only(unit, 'StateDirectoryMode'), 8));
    const credentials = join('run', 'credentials', basename(path));
    this.#folder(credentials, 0o700);
    for (const line of unit.get('LoadCredential') ?? []) {
      const [name = '', from = ''] = line.split(':');
      const file = join(this.box, credentials, name);
      writeFileSync(file, secrets[from] ?? '', { mode: 0o400 });
      chownSync(file, nobody, nobody);
    }
    const environment = [...(unit.get('Environment') ?? []), `CREDENTIALS_DIRECTORY=/${credentials}`, 'TZ=UTC'];
    const words = only(unit, 'ExecStart')
      .split(/\s+/)
      .map((word) => installed[word] ?? word.replace('${CREDENTIALS_DIRECTORY}', `/${credentials}`));
    const writable = [
      ...(unit.get('StateDirectory') ?? []).map((name) => `/var/lib/${name}`),
      ...(unit.get('ReadWritePaths') ?? []).map((one) => one.replace(/^-/, '')),
    ];
    return spawn(
      'unshare',
      ['-m', 'sh', '-c', inside, 'sh', this.box, writable.join(' '), 'env', '-i', ...environment, ...words, ...more],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
  }

  #folder(path: string, mode: number): void {
    mkdirSync(join(this.box, path), { recursive: true });
    chmodSync(join(this.box, path), mode);
    chownSync(join(this.box, path), nobody, nobody);
  }
}
