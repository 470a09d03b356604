import { failure } from '../../domain/failures/failure-codes.js';
import type { Mac } from '../../domain/network/mac.js';
import { contradictionOf } from '../../inventory/contradiction.js';
import { withMore } from '../../inventory/hint.js';
import type { PhoneByMac, Target } from '../../inventory/target.js';
import { whyLeftOut, whyUnseen } from '../unified-cm/unseen.js';
import type { RunContext } from '../context.js';
import type { PhoneRecord } from '../record/phone-record.js';
import { withSite } from '../target-site.js';

/**
 * A phone that some list gives by its MAC alone was found: its record gets what the list says, and it is a named target from now on. What
 * an inventory says of the address itself comes first.
 */
export function foundByMac(record: PhoneRecord, mac: Mac | null, context: RunContext): void {
  const wanted = mac === null ? undefined : context.targets.byMac.get(mac);
  const { target } = record;
  // Another phone is expected at this address: that is a mismatch, whatever lists say of the phone elsewhere.
  if (!wanted || (target.hint.mac !== undefined && target.hint.mac !== mac)) return;
  const isListed = target.inventory !== undefined;
  const hint = isListed
    ? withMore(target.hint, wanted.hint, wanted.source)
    : withMore(wanted.hint, target.hint, target.source);
  const inventory = target.inventory ?? wanted.inventory;
  const source = isListed ? target.source : wanted.source;
  // That a row of its address alone and one of its MAC alone are of one phone was not known before.
  const contradiction = target.contradiction ?? contradictionOf(target, wanted, wanted.hint.mac);
  const more = {
    ...(inventory === undefined ? {} : { inventory }),
    ...(contradiction === null ? {} : { contradiction }),
  };
  record.target = withSite({ ...target, hint, source, named: true, ...more }, context);
  record.note('found-by-mac', `${wanted.source} names its MAC.`);
}

/** The target that stands for a phone given by its MAC and found nowhere: the MAC is all that there is to name it. */
export function targetOf({ hint, inventory, source }: PhoneByMac): Target {
  return {
    address: hint.mac,
    hint,
    scope: '',
    named: true,
    source,
    ...(inventory === undefined ? {} : { inventory }),
  };
}

/** The most scanned ranges that a message names. */
const mostRanges = 3;

/**
 * Ends the record of a phone that was not found.
 * @param unread targets that answered and did not show their MAC: it may be one of them
 */
export function endNotFound(
  record: PhoneRecord,
  { hint: { mac }, source }: PhoneByMac,
  unread: number,
  context: RunContext,
): void {
  const left = whyLeftOut(mac, context.ucm ?? null);
  if (left) return record.advance('not-now', left);
  const unseen = whyUnseen(mac, context.ucm ?? null);
  if (unseen) return record.advance('nobody-there', unseen);
  const { scanned } = context.targets;
  const more = scanned.length > mostRanges ? ` and ${scanned.length - mostRanges} more` : '';
  const where =
    scanned.length === 0
      ? 'no subnet or range was given to look for it in'
      : `no phone that was read in ${scanned.slice(0, mostRanges).join(', ')}${more} has it`;
  const doubt = unread === 0 || scanned.length === 0 ? '' : ` (${unread} answered without showing a MAC)`;
  const message = `${source} gives the MAC ${mac} without an address, and ${where}${doubt}.`;
  record.advance('nobody-there', failure('not-found-by-mac', message));
}
