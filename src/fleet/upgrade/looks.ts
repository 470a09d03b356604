import type { Failure } from '../../domain/failures/failure.js';
import type { PhoneFacts } from '../../domain/phone/facts.js';
import { isLocalShortage } from '../../domain/failures/failure-codes.js';
import { saysThatItUpgrades, type Sighting } from '../../domain/progress/observation.js';
import { sentence } from '../../domain/text/error-reason.js';
import { isTransportError, type Look, type SeenStatus, type Visit } from '../../phones/phones.js';
import { noteLook, type PhoneRecord } from '../record/phone-record.js';
import type { WrittenStep } from '../record/written-step.js';
import { stopForShortage } from '../survey/local-shortage.js';
import type { NotLooked } from '../unified-cm/watch-load.js';
import type { UpgradeTools } from '../context.js';
import { noteOtherPhone } from './other-phone.js';

/** For how many poll intervals after its page was read a phone may be asked for its status file alone. */
const intervalsByFile = 8;

/** How often a status file is tried that has been of no use yet. */
const mostTries = 2;

/**
 * One look after another at a phone that was written to. One that says it is upgrading is mostly asked for its small status file: while that
 * shows word for word what the page showed, nothing has changed. Anything else, and every end, is read from the page. The file counts only once it
 * was seen to have changed as the page has.
 */
export class Looks {
  /** Until when (by `Clock.monotonic`) the status file may stand for the page; `null`: it may not. */
  #fileUntil: number | null = null;
  #triesLeft = mostTries;
  #wasAtFile = false;

  constructor(
    private readonly record: PhoneRecord,
    private readonly written: WrittenStep,
    private readonly tools: UpgradeTools,
  ) {}

  /** Whether the last look was at the status file alone: such a look ends no watch. */
  get wasAtFile(): boolean {
    return this.#wasAtFile;
  }

  /** @param isLast it decides how the watch ends: the page is read */
  async once(isLast: boolean): Promise<Sighting | NotLooked> {
    const { record, written } = this;
    const { context, stop } = this.tools;
    try {
      const seen = await context.phones.visit(record.address, (visit) => this.#see(visit, isLast), record.traffic);
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

  async #see(visit: Visit, isLast: boolean): Promise<Look> {
    const { record, written } = this;
    const { clock, phones } = this.tools.context;
    const { facts, state } = record;
    const fileUntil = this.#fileUntil;
    this.#fileUntil = null;
    this.#wasAtFile = false;
    const mayAskFile = fileUntil !== null && clock.monotonic() < fileUntil && state === 'upgrading' && !isLast;
    if (mayAskFile && facts && (await visit.hasSameStatus(this.#shown(facts)))) {
      this.#fileUntil = fileUntil;
      this.#wasAtFile = true;
      this.#triesLeft = mostTries;
      return { kind: 'phone', facts };
    }
    const look = await visit.look(...howToLook(record, written));
    const isOurs = look.kind === 'phone' && look.facts.mac === record.mac && !written.unread;
    // Not before it says something new: a file that shows the same then has changed with the page.
    if (isOurs && !isLast && this.#triesLeft > 0 && saysThatItUpgrades(written.baseline, look.facts, phones.words))
      await this.#tryFile(visit, look.facts);
    return look;
  }

  async #tryFile(visit: Visit, facts: PhoneFacts): Promise<void> {
    const { context, profile } = this.tools;
    const readAt = context.clock.monotonic();
    this.#triesLeft -= 1;
    try {
      if (await visit.hasSameStatus(this.#shown(facts)))
        this.#fileUntil = readAt + intervalsByFile * profile.timing.pollInterval;
    } catch (error) {
      // Its page was read: a shortage of ours takes nothing from that.
      if (!isTransportError(error)) throw error;
    }
  }

  #shown(facts: PhoneFacts): SeenStatus {
    const { step, authorizationUrl } = this.written;
    return { facts, withLicense: step.load === null || authorizationUrl !== null };
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
