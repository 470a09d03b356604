import type { Failure } from '../../domain/failures/failure.js';
import { lowerFirst } from '../../domain/text/error-reason.js';
import type { Encounter } from '../meet/encounter.js';

/** Instead of the advice to probe: what it would show is on this very page. */
const unreadableHere =
  'The labels that are known here, and those that are nearly known, are listed with this. Add what is missing in a folder of your own with --phone-profiles';

/** What to do next, for somebody who has probed the phone, or reads a file: a file cannot be asked again. */
export function hintHere({ code, hint }: Failure, from: Encounter['from']['kind']): string {
  if (code === 'page-unreadable')
    return from === 'capture'
      ? `${unreadableHere}, or send us this capture (docs/first-contact.md).`
      : `${unreadableHere}, or send us what fleet-migrate capture keeps of the phone (docs/first-contact.md).`;
  return from === 'phone' ? hint : `A file cannot be asked again; for the phone itself: ${lowerFirst(hint)}`;
}
