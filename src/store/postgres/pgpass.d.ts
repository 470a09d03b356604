declare module 'pgpass' {
  /** Looks a connection up in `.pgpass`, or in the file that `PGPASSFILE` names; `undefined`: it is not there. */
  export default function pgpass(
    connection: { host: string; port: number; database: string; user: string },
    found: (password: string | undefined) => void,
  ): void;
}
