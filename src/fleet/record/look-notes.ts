import type { Look } from '../../phones/phones.js';
import type { PhoneRecord } from './phone-record.js';

/** Puts what a look has to say of itself into a phone's evidence; a phone that is looked at often says the same each time. */
export function noteLook(record: PhoneRecord, look: Look): void {
  if (look.kind === 'not-a-phone') return;
  for (const { kind, text } of look.notes ?? []) {
    const isKnown = record.evidence.some((one) => one.kind === kind && one.text === text);
    if (!isKnown) record.note(kind, text);
  }
}
