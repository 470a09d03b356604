import type { AnyEvent } from '../../../../src/domain/report/events.js';
import type { PhoneReport } from '../../../../src/domain/report/report.js';
import type { PhoneStory } from '../../../../src/domain/report/story/story.js';
import { samplePhone } from '../../../report/support/sample.js';

/** A minute of the night of all these stories. */
export const minute = (at: number): string => new Date(Date.UTC(2026, 0, 31, 22, at)).toISOString();

/** An event of the phone of the samples, unless told of another. */
export function event(at: number, name: string, details: Partial<AnyEvent> = {}): AnyEvent {
  return { event: name, at: minute(at), address: '10.0.0.5', mac: '00CCFC123456', ...details };
}

/** A phone that was written to at one minute and ended at another; `null`: it was not. */
export function moved(
  writtenAt: number | null,
  endedAt: number | null,
  { wave = null, ...change }: Partial<PhoneReport> & { wave?: number | null } = {},
): PhoneStory {
  return {
    ...{ phone: samplePhone({ outcome: 'done', ...change }), moments: [], wave },
    writtenAt: writtenAt === null ? null : minute(writtenAt),
    endedAt: endedAt === null ? null : minute(endedAt),
  };
}
