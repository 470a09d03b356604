import type { FieldColumns } from '../../domain/phone/fields.js';

/**
 * The tables as Kysely sees them. Only types that every SQL database has: texts and integers. Instants are ISO 8601 in UTC, so that
 * they sort as text; truth is 0 or 1; what only this program reads back is JSON text.
 */
export interface StoreTables {
  schema_version: { version: number };
  runs: RunsTable;
  targets: TargetsTable;
  events: EventsTable;
  phones: PhonesTable;
  phone_history: PhoneHistoryTable;
  deferrals: DeferralsTable;
  durations: DurationsTable;
  locks: LocksTable;
  write_ways: WriteWaysTable;
  licenses: LicensesTable;
  transfers: TransfersTable;
  borrowed: BorrowedTable;
  wishes: WishesTable;
  rehearsals: RehearsalsTable;
  workers: WorkersTable;
  sites: SitesTable;
}

interface RunsTable {
  id: string;
  started_at: string;
  finished_at: string | null;
  state: string;
  profile: string | null;
  version: string;
  pid: number;
  host: string;
  summary: string;
  settings: string;
  totals: string | null;
  no_answer_by_code: string;
  interrupted: string | null;
  exit_code: number | null;
  waves: string | null;
  pid_space: string | null;
  /** How far it was when it last told; `null` in rows of earlier versions. */
  progress: string | null;
  /** Why workers may write to none of its phones now; `null`: they may. */
  halted: string | null;
}

export interface TargetsTable {
  run_id: string;
  key: string;
  address: string;
  mac: string | null;
  state: string;
  outcome: string | null;
  wave: number | null;
  touched: number;
  snapshot: string | null;
  report: string | null;
  updated_at: string;
}

export interface EventsTable {
  run_id: string;
  seq: number;
  at: string;
  event: string;
  address: string | null;
  mac: string | null;
  detail: string;
}

export interface PhonesTable extends FieldColumns {
  mac: string;
  verdict: string | null;
  outcome: string | null;
  failure_code: string | null;
  last_run: string;
  first_seen_at: string;
  last_seen_at: string;
}

export interface PhoneHistoryTable {
  mac: string;
  at: string;
  field: string;
  run_id: string;
  before: string | null;
  after: string | null;
}

interface DeferralsTable {
  mac: string;
  attempts: number;
  next_attempt_at: string;
  code: string;
}

interface DurationsTable {
  run_id: string;
  mac: string;
  step: string;
  profile: string;
  ms: number;
  at: string;
  /** Of the phone, and the load that the step led to; `null` in rows of earlier versions, and where there is none. */
  model: string | null;
  load: string | null;
}

interface WriteWaysTable {
  key: string;
  way: string;
  at: string;
}

export interface LicensesTable {
  mac: string;
  direction: string;
  file: string;
  sha256: string;
  bytes: number;
  source: string;
  imported_at: string;
  /** Base64. */
  content: string;
}

interface BorrowedTable {
  ucm: string;
  name: string;
  tag: string;
  original: string | null;
  run_id: string;
  at: string;
}

/** Nights that were only rehearsed: no run refers to them. */
interface RehearsalsTable {
  id: string;
  made_at: string;
  document: string;
}

/** Workers of a database that several machines share. */
interface WorkersTable {
  id: string;
  host: string;
  pid: number;
  version: string;
  sites: string;
  started_at: string;
  /** When it was heard of, by the server's clock (ms since the epoch). */
  seen_ms: number;
  leaving: number;
  jobs: number;
}

/** The sites that were imported, of which each run has those that it began with besides. */
interface SitesTable {
  name: string;
  /** Its place among them, from 0. */
  position: number;
  /** As it was written. */
  site: string;
  /** When it was imported as it is. */
  changed_at: string;
}

/** The last wish of each run since it began, or was resumed. */
interface WishesTable {
  run_id: string;
  wish: string;
  at: string;
  asked_by: string;
}

export interface TransfersTable {
  id: string;
  started_at: string;
  ended_at: string | null;
  client: string;
  protocol: string;
  kind: string;
  file: string;
  mac: string | null;
  size: number | null;
  bytes: number;
  state: string;
  why: string | null;
  /** The process that serves it, as a lock names one, and when it last wrote the row; `null` in rows of earlier versions. */
  pid: number | null;
  host: string | null;
  process_start: string | null;
  pid_space: string | null;
  time_space: string | null;
  heartbeat_at: string | null;
  beat_ms: number | null;
}

/** A process as a lock names it, and its last heartbeat. */
export interface OwnerColumns {
  run_id: string;
  pid: number;
  host: string;
  process_start: string | null;
  since: string;
  heartbeat_at: string;
  pid_space: string | null;
  time_space: string | null;
  /** The last heartbeat by the kernel's clock (ms); see `Processes.sinceBoot`. */
  beat_ms: number | null;
}

export interface LocksTable extends OwnerColumns {
  name: string;
}
