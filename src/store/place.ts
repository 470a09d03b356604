/** How a database server is entered, besides what its address says. */
export interface ServerAccess {
  /** `null`: the one that PostgreSQL's own ways tell (`PGPASSWORD`, `.pgpass`), or none. */
  password: string | null;
  /** Certificates (PEM) by which the server is known; `null`: those that this machine trusts. */
  ca: string | null;
}

/** Nothing more than the address says. */
export const plainAccess: ServerAccess = { password: null, ca: null };

/** Whether a store is named by an address rather than by the path of a file. */
export function isAddress(path: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(path);
}
