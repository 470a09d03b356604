import { failure, kindOf } from '../../domain/failures/failure-codes.js';
import type { Failure } from '../../domain/failures/failure.js';
import type { Mac } from '../../domain/network/mac.js';
import type { Change, PlanStep } from '../../domain/plan/plan.js';
import { sentence } from '../../domain/text/error-reason.js';
import { UcmError, type UcmChange, type UcmSettings } from '../../ucm/ucm.js';
import {
  vendorElement,
  vendorSetting,
  vendorTag,
  withVendorElement,
  withVendorSetting,
} from '../../ucm/vendor-config.js';
import type { UpgradeTools } from '../context.js';
import type { PhoneRecord } from '../record/phone-record.js';
import type { WrittenStep } from '../record/written-step.js';
import { stopsForStore } from '../stop-control.js';
import { HeldBack, recordIntent } from '../upgrade/record-intent.js';
import { endBefore, recheckBeforeWrite, type Wait } from '../upgrade/recheck-before-write.js';
import { withRegistration } from './facts.js';
import { notRegistered, ucmFailure } from './ucm-failure.js';
import { deviceName, nameOf, type UcmAtWork } from './ucm-at-work.js';

/** What a step changes on Unified CM: as requested there, and for the report. */
interface LoadChange extends Pick<WrittenStep, 'loadServerBefore'> {
  change: UcmChange;
  changes: Change[];
}

/**
 * One attempt to name a phone's next load on Unified CM (guide G7): what Unified CM has and sees of the phone is read anew and compared with
 * what was planned; then the intent goes on record, with the load from before; then the load is set and applied. `null`: the record has its
 * outcome.
 */
export async function attemptLoad(
  record: PhoneRecord,
  ucm: UcmAtWork,
  tools: UpgradeTools,
  mayGoOn: () => boolean,
): Promise<WrittenStep | Wait | null> {
  const { mac, facts } = record;
  if (mac === null || facts === null)
    return endBefore(record, { event: 'guard-tripped', failure: failure('mac-unknown') });
  const name = deviceName(mac);
  try {
    const registration = await ucm.registration(name);
    if (record.ended || !mayGoOn()) return null;
    if (registration.registered !== 'yes') return { wait: notRegistered(registration.registered, ucm.host) };
    const settings = await ucm.client.settings(name);
    if (record.ended || !mayGoOn()) return null;
    if (settings === null) return { wait: failure('ucm-not-found', `Unified CM ${ucm.host} has no phone ${name}.`) };
    const other = otherLoadServer(record, settings, ucm);
    if (other !== null)
      return endBefore(record, {
        event: record.touched ? 'seen-failed' : 'prerequisite-missing',
        failure: failure(
          'ucm-other-load-server',
          `Unified CM ${ucm.host} has ${JSON.stringify(other)} as its Load Server; this run does not set that.`,
        ),
      });
    const seen = withRegistration(facts, registration);
    if (registration.download === 'upgrading')
      return { wait: failure('already-upgrading', `Unified CM says: ${seen.upgradeStatus ?? ''}.`) };
    const rechecked = await recheckBeforeWrite(record, { kind: 'phone', facts: seen }, tools);
    if (record.ended) return null;
    if ('event' in rechecked) return endBefore(record, rechecked);
    if (!mayGoOn()) return null;
    if ('wait' in rechecked) return rechecked;
    return await write(record, rechecked, settings, ucm, tools);
  } catch (error) {
    if (record.ended) return null;
    if (!(error instanceof UcmError)) throw error;
    return { wait: ucmFailure(error) };
  }
}

/** Where the phone takes its loads instead of from Unified CM; `null`: it asks there, or the step names its server. */
function otherLoadServer({ step }: PhoneRecord, { vendorConfig }: UcmSettings, ucm: UcmAtWork): string | null {
  if (step?.set.loadServer !== undefined) return null;
  const xml = vendorConfig ?? '';
  const server = vendorSetting(xml, vendorTag(xml, ucm.loadServerTags))?.trim() ?? '';
  return server === '' || server.toLowerCase() === ucm.host.toLowerCase() ? null : server;
}

async function write(
  record: PhoneRecord,
  { facts, step }: { facts: NonNullable<PhoneRecord['facts']>; step: PlanStep },
  settings: UcmSettings,
  ucm: UcmAtWork,
  tools: UpgradeTools,
): Promise<WrittenStep | null> {
  record.facts = facts;
  const { change, ...sent } = loadChange(step.set, settings, ucm);
  const written: WrittenStep = {
    ...{ step, baseline: facts, authorizationUrl: null, ...sent, tried: [], more: true, unread: true },
    ...{ seenOnLoad: false, seenUpgrading: false, writtenAt: tools.context.clock.now() },
  };
  await recordIntent(record, written, sent.changes, tools.context);
  const refused = await send(record, written, change, ucm);
  if (record.ended) return null;
  record.advance('request-left');
  if (refused === null) return written;
  record.advance('seen-failed', refused);
  return null;
}

/**
 * Sends what is on record, and tells the phone. `more` stays where it is not known whether both arrived: the watch looks again then.
 * @returns why nothing of it holds; `null`: it holds, or may
 */
async function send(
  record: PhoneRecord,
  written: WrittenStep,
  change: UcmChange,
  ucm: UcmAtWork,
): Promise<Failure | null> {
  const { client } = ucm;
  const name = nameOf(record);
  try {
    await client.change(name, change);
    noteLoad(record.mac, change, ucm);
  } catch (error) {
    if (!(error instanceof UcmError)) throw error;
    record.note('written', `Phone load: ${sentence(error.message)}`);
    // What may pass is not the phone's end: the watch comes back to it.
    return error.nothingChanged && kindOf(error.code) !== 'transient' ? ucmFailure(error) : null;
  }
  try {
    await client.apply(name);
  } catch (error) {
    if (!(error instanceof UcmError)) throw error;
    record.note('written', `Phone load set, not applied yet: ${sentence(error.message)}`);
    return null;
  }
  written.unread = written.more = false;
  record.note('written', 'Phone load set on Unified CM and applied.');
  return null;
}

/**
 * Finishes what a crash or a lost answer may have left half-done, for a phone that shows no sign of its new load: what Unified CM has is read
 * first, the load is set only where it is not, and applied once more.
 * @returns whether something was sent
 */
export async function finishLoad(
  record: PhoneRecord,
  written: WrittenStep,
  ucm: UcmAtWork,
  tools: UpgradeTools,
): Promise<boolean> {
  const name = nameOf(record);
  try {
    const settings = await ucm.client.settings(name);
    if (record.ended || tools.stop.gently.aborted || settings === null) return false;
    const { change, changes } = loadChange(written.step.set, settings, ucm);
    if (changes.length > 0) {
      // What was there before our first intent is what a failure puts back: it is not read anew.
      await recordIntent(record, written, written.changes, tools.context);
      return (await send(record, written, change, ucm)) === null;
    }
    await ucm.client.apply(name);
    written.unread = written.more = false;
    // Its time begins with what it is told now.
    written.writtenAt = tools.context.clock.now();
    record.sentAt = tools.context.clock.monotonic();
    record.note('written', 'Unified CM has the phone load; applied again.');
    return true;
  } catch (error) {
    if (error instanceof HeldBack) return false;
    // The watch of what was sent before continues: without its store a run sends nothing more.
    if (stopsForStore(error, tools.stop)) {
      written.more = false;
      return false;
    }
    if (!(error instanceof UcmError)) throw error;
    record.note('written', `Not applied: ${sentence(error.message)}`);
    return false;
  }
}

/** Keeps what a phone is to run now. */
function noteLoad(mac: Mac | null, { ownLoad }: UcmChange, { phones }: UcmAtWork): void {
  const known = mac === null ? undefined : phones.get(mac);
  if (known && ownLoad !== undefined) known.phone = { ...known.phone, load: ownLoad ?? known.phone.defaultLoad };
}

function loadChange(set: PlanStep['set'], settings: UcmSettings, { loadServerTags }: UcmAtWork): LoadChange {
  const changes: Change[] = [];
  const change: UcmChange = {};
  const { phoneLoad, loadServer } = set;
  if (phoneLoad !== undefined && settings.ownLoad !== phoneLoad) {
    change.ownLoad = phoneLoad;
    changes.push({ field: 'phoneLoad', from: settings.ownLoad ?? '', to: phoneLoad });
  }
  if (loadServer === undefined) return { change, changes };
  const xml = settings.vendorConfig ?? '';
  const tag = vendorTag(xml, loadServerTags);
  const from = vendorSetting(xml, tag) ?? '';
  if (from === loadServer) return { change, changes };
  change.vendorConfig = withVendorSetting(xml, tag, loadServer);
  changes.push({ field: 'loadServer', from, to: loadServer });
  return { change, changes, loadServerBefore: vendorElement(xml, tag) };
}

/** What makes a phone's settings what they were; a *Load Server* that is not the step's by now is somebody else's. */
function changeBack(
  { changes, step, loadServerBefore }: WrittenStep,
  settings: UcmSettings,
  { loadServerTags }: UcmAtWork,
): UcmChange {
  const change: UcmChange = {};
  const load = changes.find(({ field }) => field === 'phoneLoad')?.from;
  if (load !== undefined) change.ownLoad = load === '' ? null : load;
  const server = changes.find(({ field }) => field === 'loadServer');
  const xml = settings.vendorConfig ?? '';
  const tag = vendorTag(xml, loadServerTags);
  if (!server || vendorSetting(xml, tag) !== step.set.loadServer) return change;
  // A store of an earlier version knows its text alone.
  change.vendorConfig =
    loadServerBefore === undefined
      ? withVendorSetting(xml, tag, server.from)
      : withVendorElement(xml, tag, loadServerBefore);
  return change;
}

/**
 * Puts back what a phone had before a load was named that it did not take: it would else take it at its next restart, whoever causes that.
 * Only for a phone that is seen registered on its old load.
 * @param again it was tried before: what is back already may be so by that try, whose answer was lost
 * @returns why it could not be put back, a sentence; `null`: nothing of ours is left
 */
export async function putBackLoad(
  record: PhoneRecord,
  written: WrittenStep,
  ucm: UcmAtWork,
  again: boolean,
): Promise<string | null> {
  const { changes, step } = written;
  // It had this load there before: that is not ours to take away.
  if (changes.length === 0) return null;
  const name = nameOf(record);
  try {
    const settings = await ucm.client.settings(name);
    const before = changes.find(({ field }) => field === 'phoneLoad')?.from;
    const isBack = again && (settings?.ownLoad ?? '') === before;
    // Somebody else has named another load since: theirs stays.
    if (settings === null || (settings.ownLoad !== step.set.phoneLoad && !isBack)) return null;
    const change = changeBack(written, settings, ucm);
    if (!isBack) await ucm.client.change(name, change);
    noteLoad(record.mac, { ...change, ...(isBack ? { ownLoad: settings.ownLoad } : {}) }, ucm);
    await ucm.client.apply(name);
    const load = before === undefined ? step.set.phoneLoad : before || 'the default of its model';
    record.note('put-back', `Unified CM has its settings from before again, its phone load: ${load}.`);
    return null;
  } catch (error) {
    if (!(error instanceof UcmError)) throw error;
    return sentence(error.message);
  }
}
