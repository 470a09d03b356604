import { type SchemaModule, sql } from 'kysely';

/** One step of the schema. A step that was ever released is never changed: the next change is a step of its own. */
export type Migration = (schema: SchemaModule) => Promise<void>;

/** All steps in their order; a store's version is how many of them it has. */
export const migrations: readonly Migration[] = [
  firstTables,
  writeWays,
  spacesOfOwners,
  licensesAndTransfers,
  serversOfTransfers,
  borrowedSettings,
  progressOfRuns,
  wishesOfRuns,
  stepTimesAndRehearsals,
  workersAndHalts,
  importedSites,
];

async function firstTables(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('runs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('finished_at', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('profile', 'text')
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('pid', 'integer', (column) => column.notNull())
    .addColumn('host', 'text', (column) => column.notNull())
    .addColumn('summary', 'text', (column) => column.notNull())
    .addColumn('settings', 'text', (column) => column.notNull())
    .addColumn('totals', 'text')
    .addColumn('no_answer_by_code', 'text', (column) => column.notNull())
    .addColumn('interrupted', 'text')
    .addColumn('exit_code', 'integer')
    .addColumn('waves', 'text')
    .execute();
  // `snapshot` and `report` stand last: SQLite can then read the short columns without following a long row to its other pages.
  await schema
    .createTable('targets')
    .addColumn('run_id', 'text', (column) => column.notNull().references('runs.id'))
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('mac', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text')
    .addColumn('wave', 'integer')
    .addColumn('touched', 'integer', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('snapshot', 'text')
    .addColumn('report', 'text')
    .addPrimaryKeyConstraint('targets_key', ['run_id', 'key'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await schema
    .createTable('events')
    .addColumn('run_id', 'text', (column) => column.notNull().references('runs.id'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('address', 'text')
    .addColumn('mac', 'text')
    .addColumn('detail', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('events_key', ['run_id', 'seq'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await phoneTables(schema);
  await schema
    .createTable('locks')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('pid', 'integer', (column) => column.notNull())
    .addColumn('host', 'text', (column) => column.notNull())
    .addColumn('process_start', 'text')
    .addColumn('since', 'text', (column) => column.notNull())
    .addColumn('heartbeat_at', 'text', (column) => column.notNull())
    .execute();
}

/** The write method that has worked, by kind of phone. */
async function writeWays(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('write_ways')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('way', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute();
}

/** Namespaces in which a pid is valid, and heartbeats by the kernel's clock. Older rows have neither. */
async function spacesOfOwners(schema: SchemaModule): Promise<void> {
  await schema.alterTable('locks').addColumn('pid_space', 'text').execute();
  await schema.alterTable('locks').addColumn('time_space', 'text').execute();
  await schema.alterTable('locks').addColumn('beat_ms', 'integer').execute();
  await schema.alterTable('runs').addColumn('pid_space', 'text').execute();
}

/** Licenses that were imported, and what phones fetched from `serve`: both outlive the runs. */
async function licensesAndTransfers(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('licenses')
    .addColumn('mac', 'text', (column) => column.notNull())
    .addColumn('direction', 'text', (column) => column.notNull())
    .addColumn('file', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('bytes', 'integer', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('imported_at', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('licenses_key', ['mac', 'direction'])
    .execute();
  await schema
    .createTable('transfers')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .addColumn('client', 'text', (column) => column.notNull())
    .addColumn('protocol', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('file', 'text', (column) => column.notNull())
    .addColumn('mac', 'text')
    .addColumn('size', 'integer')
    .addColumn('bytes', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('why', 'text')
    .execute();
  await schema.createIndex('transfers_by_time').on('transfers').columns(['started_at']).execute();
  await schema.createIndex('transfers_by_mac').on('transfers').columns(['mac', 'started_at']).execute();
}

/** The process that serves a transfer: of one that was killed none is under way any more. */
async function serversOfTransfers(schema: SchemaModule): Promise<void> {
  for (const name of ['host', 'process_start', 'pid_space', 'time_space', 'heartbeat_at'])
    await schema.alterTable('transfers').addColumn(name, 'text').execute();
  for (const name of ['pid', 'beat_ms']) await schema.alterTable('transfers').addColumn(name, 'integer').execute();
}

/** Settings of phones on Unified CM that are changed for a while, until they are put back: they outlive the runs. */
async function borrowedSettings(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('borrowed')
    .addColumn('ucm', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('tag', 'text', (column) => column.notNull())
    .addColumn('original', 'text')
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('borrowed_key', ['ucm', 'name', 'tag'])
    .execute();
}

/** How far a run is, for those who look on: its dark targets are only counted. */
async function progressOfRuns(schema: SchemaModule): Promise<void> {
  await schema.alterTable('runs').addColumn('progress', 'text').execute();
}

/** What somebody wishes of a run that is going on: to pause, to continue, to stop. */
async function wishesOfRuns(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('wishes')
    .addColumn('run_id', 'text', (column) => column.primaryKey().references('runs.id'))
    .addColumn('wish', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('asked_by', 'text', (column) => column.notNull())
    .execute();
}

/** What a step's duration was of, as far as it is known when it is written; and rehearsals, which are no runs. */
async function stepTimesAndRehearsals(schema: SchemaModule): Promise<void> {
  for (const name of ['model', 'load']) await schema.alterTable('durations').addColumn(name, 'text').execute();
  await schema
    .createTable('rehearsals')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .execute();
}

/** What is kept of phones when runs are pruned: no table of these refers to `runs`. */
async function phoneTables(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('phones')
    .addColumn('mac', 'text', (column) => column.primaryKey())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('family', 'text')
    .addColumn('model', 'text')
    .addColumn('product_id', 'text')
    .addColumn('vid', 'text')
    .addColumn('serial', 'text')
    .addColumn('software_version', 'text')
    .addColumn('hardware_version', 'text')
    .addColumn('transition_authorization_type', 'text')
    .addColumn('return_without_license', 'text', (column) => column.notNull())
    .addColumn('verdict', 'text')
    .addColumn('outcome', 'text')
    .addColumn('failure_code', 'text')
    .addColumn('last_run', 'text', (column) => column.notNull())
    .addColumn('first_seen_at', 'text', (column) => column.notNull())
    .addColumn('last_seen_at', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('phone_history')
    .addColumn('mac', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('field', 'text', (column) => column.notNull())
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('before', 'text')
    .addColumn('after', 'text')
    .addPrimaryKeyConstraint('phone_history_key', ['mac', 'at', 'field'])
    .execute();
  await schema
    .createTable('deferrals')
    .addColumn('mac', 'text', (column) => column.primaryKey())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('next_attempt_at', 'text', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('durations')
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('mac', 'text', (column) => column.notNull())
    .addColumn('step', 'text', (column) => column.notNull())
    .addColumn('profile', 'text', (column) => column.notNull())
    .addColumn('ms', 'integer', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('durations_key', ['run_id', 'mac', 'step'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await schema.createIndex('durations_recent').on('durations').columns(['profile', 'step', 'at']).execute();
}

/** Workers of a database that several machines share, and what keeps them from writing. */
async function workersAndHalts(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('workers')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('host', 'text', (column) => column.notNull())
    .addColumn('pid', 'integer', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('sites', 'text', (column) => column.notNull())
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('seen_ms', 'integer', (column) => column.notNull())
    .addColumn('leaving', 'integer', (column) => column.notNull())
    .addColumn('jobs', 'integer', (column) => column.notNull())
    .execute();
  await schema.alterTable('runs').addColumn('halted', 'text').execute();
}

/** Sites for all machines that share the store. */
async function importedSites(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('sites')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('site', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .execute();
}
