/** What other programs may import: runs that they start, the shape of reports and events, and the words in them. */
export { audit, migrate } from './library/start.js';
export type { AuditOptions, ControlOptions, MigrateOptions, PhoneToWrite, Run, RunQuestion } from './library/run.js';
export { UsageError } from './domain/text/usage-error.js';
export type { Failure, Evidence } from './domain/failures/failure.js';
export type { RunReport, PhoneReport, RunSummary } from './domain/report/report.js';
export type { LiveEvent as RunEvent, PlannedStep } from './domain/report/events.js';
export { outcomes, type Outcome } from './domain/progress/outcome.js';
export { failureCodes, type FailureCodeName } from './domain/failures/failure-codes.js';
