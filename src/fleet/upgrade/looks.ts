import type { Failure } from '../../domain/failures/failure.js';
import type { PhoneFacts } from '../../domain/phone/facts.js';
import { isLocalShortage } from '../../domain/failures/failure-codes.js';
import type { Sighting } from '../../domain/progress/observation.js';
import { sentence } from '../../domain/text/error-reason.js';
import { isTransportError, type Look, type SeenStatus, type Visit } from '../../phones/phones.js';
import { noteLook, type PhoneRecord } from '../record/phone-record.js';
import type { WrittenStep } from '../record/written-step.js';
import { stopForShortage } from '../survey/local-shortage.js';
import type { NotLooked } from '../unified-cm/watch-load.js';
import type { UpgradeTools } from '../context.js';
import { noteOtherPhone } from './other-phone.js';

/** How often in a row a phone's small status file may stand for its page. */
const looksByFile = 7;

/** How often it is tried whether a phone's status file follows its page. */
const triesToTrust = 2;

/**
 * One look after another at a phone that was written to. One that says it is upgrading is mostly asked for its small status file: while that
 * shows word for word what the page showed, nothing has changed. Anything else, and every end, is read from the page. The file counts only once it
 * was seen to have changed as the page has.
 */
export class Looks {
  /** How often the file may still stand for the page. */
  #byFile = 0;
  #triesToTrust = triesToTrust;

  constructor(
    private readonly record: PhoneRecord,
    private readonly written: WrittenStep,
    private readonly tools: UpgradeTools,
  ) {}

  /** @param isLast it decides how the watch ends: the page is read */
  async once(isLast: boolean): Promise<Sighting | NotLooked> {
    const { record, written } = this;
    const { context, stop } = this.tools;
    try {
      const seen = await context.phones.visit(record.address, (visit) => this.#see(visit, isLast), record.traffic);
      if (seen === null) return { kind: 'phone', facts: record.facts as PhoneFacts };
      if (!record.ended) noteLook(record, seen);
      if (seen.kind === 'not-a-phone') return { kind: 'unreadable', why: seen.detail };
      if (seen.kind === 'unreadable') return { kind: 'unreadable', why: whyUnreadable(seen.failure) };
      if (seen.facts.mac === null) return { kind: 'unreadable', why: 'it shows no MAC' };
      if (seen.facts.mac === record.mac) return { kind: 'phone', facts: seen.facts };
      // What is set on Unified CM is sent to no address.
      if (written.unread && written.step.step !== 'load' && !record.ended) noteOtherPhone(record, written, seen.facts);
      return { kind: 'other-phone', mac: seen.facts.mac };
    } catch (error) {
      if (!isTransportError(error)) throw error;
      if (error.code === 'local-resources') stopForShortage(stop, error.message);
      if (isLocalShortage(error)) return { kind: 'not-looked', code: error.code, why: sentence(error.message) };
      return { kind: 'silent', why: error.message };
    }
  }

  /** `null`: it shows what it showed before. */
  async #see(visit: Visit, isLast: boolean): Promise<Look | null> {
    const { record, written } = this;
    const left = isLast || record.state !== 'upgrading' ? 0 : this.#byFile;
    this.#byFile = 0;
    if (left > 0 && record.facts && (await visit.hasSameStatus(this.#shown(record.facts)))) {
      this.#byFile = left - 1;
      return null;
    }
    const look = await visit.look(...howToLook(record, written));
    const isOurs = look.kind === 'phone' && look.facts.mac === record.mac && !written.unread;
    if (isOurs && !isLast && this.#triesToTrust > 0 && this.#saysNow(look.facts))
      await this.#tryToTrust(visit, look.facts);
    return look;
  }

  /** Whether it says that it is upgrading, and did not before the write: a file that shows the same is not one that stands still. */
  #saysNow(facts: PhoneFacts): boolean {
    const said = ({ upgradeStatus, firmwareUpgradeRows }: PhoneFacts): string[] => [
      upgradeStatus ?? '',
      ...firmwareUpgradeRows,
    ];
    const now = said(facts);
    const { words } = this.tools.context.phones;
    return now.join('\n') !== said(this.written.baseline).join('\n') && now.some((text) => words.isUpgrading(text));
  }

  async #tryToTrust(visit: Visit, facts: PhoneFacts): Promise<void> {
    this.#triesToTrust -= 1;
    try {
      if (!(await visit.hasSameStatus(this.#shown(facts)))) return;
    } catch (error) {
      // Its page was read: that the file cannot be had takes nothing from that.
      if (!isTransportError(error)) throw error;
      return;
    }
    this.#byFile = looksByFile;
    this.#triesToTrust = triesToTrust;
  }

  #shown(facts: PhoneFacts): SeenStatus {
    const { step, authorizationUrl } = this.written;
    return { facts, license: step.load === null || authorizationUrl !== null };
  }
}

/** A phone that was reset by its move asks for first passwords; a run sets them where it is told to. */
function whyUnreadable({ code, message }: Failure): string {
  // It says why they were not set where a run may set them.
  return code === 'set-password-page' && !message.includes(': ')
    ? `${message} With --set-initial-password a run sets those that it is given`
    : message;
}

/**
 * A phone that becomes Multiplatform may ask for its first passwords before it shows anything, its MAC included. They are set for what
 * answers so where the phone was, after it has left: as a survey does for the targets that it was given. Who it is, is read before anything
 * else is written.
 */
function howToLook({ mac, state }: PhoneRecord, { step, baseline, unread }: WrittenStep): Parameters<Visit['look']> {
  const depth = step.step === 'load' || unread ? 'settings' : 'status';
  if (step.load === null || baseline.family === 'multiplatform') return [depth];
  return [depth, false, state === 'restarting' ? 'anyone' : mac === null ? null : { mac }];
}
