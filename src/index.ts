/** What other programs may import: the shape of a report, and the codes in it. */
export type { Failure, Evidence } from './domain/failures/failure.js';
export type { RunReport, PhoneReport, RunSummary } from './domain/report/report.js';
export type { PlannedStep, RunEvent } from './domain/report/events.js';
export { outcomes, type Outcome } from './domain/progress/outcome.js';
export { failureCodes, type FailureCodeName } from './domain/failures/failure-codes.js';
