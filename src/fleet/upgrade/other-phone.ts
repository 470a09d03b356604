import { ruleNames, settingLabels, settingNames, type UpgradeSettings } from '../../domain/phone/facts.js';
import type { OtherPhone } from '../../phones/phones.js';
import type { PhoneRecord } from '../record/phone-record.js';
import type { WrittenStep } from '../record/written-step.js';

/** A setting may be as long as a page; a note is one line. */
const longest = 300;

/**
 * Notes which other phone is at the address of a phone that was posted to and not read since, and whether it shows what was sent: if the
 * address passed to it just before the post, it received the post. Later sightings are marked as such, as the settings may have another
 * cause by then; each is noted once.
 */
export function noteOtherPhone(record: PhoneRecord, { step }: WrittenStep, other: OtherPhone): void {
  const text = `${other.mac ?? 'a phone without a MAC'} answers at ${record.address} ${shows(other.settings, step.set)}`;
  const told = record.evidence.filter(({ kind }) => kind === 'other-phone');
  if (told.some((one) => one.text.endsWith(text))) return;
  record.note('other-phone', `${told.length === 0 ? 'Since the post' : 'Later on'} ${text}`);
}

function shows(settings: UpgradeSettings | null, set: WrittenStep['step']['set']): string {
  if (!settings) return 'and does not show its settings: whether it got what was sent is not known.';
  const shown = settingNames
    .filter((field) => set[field] !== undefined)
    .map((field) => `${settingLabels[field]} "${(settings[field] ?? '').slice(0, longest)}"`)
    .join(', ');
  // Every phone shows the same type from the start, so it says nothing.
  const rules = ruleNames.filter((field) => set[field] !== undefined);
  const asSent = rules.filter((field) => settings[field] === set[field]).length;
  if (asSent === 0) return `and does not show what was sent, but ${shown}.`;
  const part = asSent < rules.length ? 'some of ' : '';
  return `and shows ${part}what was sent: it may have got it. It shows ${shown}.`;
}
