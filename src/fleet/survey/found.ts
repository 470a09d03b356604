import type { PhoneRecord } from '../record/phone-record.js';

/** What the survey has found so far. Addresses of a subnet that never answered are only counted. */
export interface Survey {
  records: PhoneRecord[];
  /** Targets that accepted a connection and are being read, or wait to be read. */
  open: Set<PhoneRecord>;
  targets: number;
  /** Targets that are done with, whatever the result; a stopped run does not probe the rest. */
  settled: number;
  noAnswerByCode: Map<string, number>;
  /** Targets among the settled that were left alone because of `--limit N`, and are only counted. */
  beyondLimit: number;
  /** It is over: what comes back later is not taken in any more. */
  closed: boolean;
}

/** An empty survey, filled while the run proceeds. */
export function newSurvey(): Survey {
  return {
    records: [],
    open: new Set(),
    targets: 0,
    settled: 0,
    noAnswerByCode: new Map(),
    beyondLimit: 0,
    closed: false,
  };
}

/** Whether something is known to be at the record's address. A record may also be of a named target that never answered. */
export function hasAnswered({ outcome }: Pick<PhoneRecord, 'outcome'>): boolean {
  return outcome !== 'no-answer';
}

/** Lists what is still being read when a run ends at once: a target that answered is listed even if it was not planned for. */
export function closeSurvey(found: Survey): void {
  found.records.push(...found.open);
  found.settled += found.open.size;
  found.open.clear();
  found.closed = true;
}
