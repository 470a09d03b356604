import type { AllowedPhone, AllowList, RefusalKind, RefusedPhone } from '../../domain/conversion/allow-list.js';
import {
  askedSettings,
  type AskedSettings,
  defaultLoadsXml,
  multiplatformXml,
  phoneXml,
  type SettingsFiles,
} from '../../domain/conversion/settings-files.js';
import type { Mac } from '../../domain/network/mac.js';
import { modelOf } from '../../domain/phone/facts.js';
import { loadFamiliesOf, type Models } from '../../domain/phone/models.js';
import type { Clock } from '../../domain/ports/clock.js';
import { ruleFrom } from '../../domain/plan/rule.js';
import { inMemory } from '../in-memory.js';
import type { LicenseFiles } from '../licenses/held.js';
import { saidOfItself } from '../names/who-asks.js';
import type { Answer, FileRequest, FileSource } from '../source.js';
import type { ReachedAt } from './reached-at.js';
import { rightLicense } from './right-license.js';
import { type ReadLoads, wholeLoad } from './whole-load.js';

/** What a phone is told once it is Multiplatform: the names of the settings, and rules over `{files}` and `{load}` on this server. */
export interface ConvertRules {
  upgradeRule: { tag: string; rule: string };
  authorizationRule: { tag: string; rule: string };
  authorizationType: { tag: string; value: string };
}

export interface ConvertOptions {
  list: AllowList;
  rules: ConvertRules;
  files: SettingsFiles;
  models: Models;
  /** Those that phones fetch firmware and licenses from. */
  sources: readonly FileSource[];
  licenseFiles: LicenseFiles;
  readLoads: ReadLoads;
  reachedAt: ReachedAt;
  clock: Pick<Clock, 'monotonic'>;
}

/** Whether a phone gets its load now. */
type Decision =
  | { kind: 'given'; phone: AllowedPhone }
  | { kind: 'not'; refusal: RefusedPhone }
  | { kind: 'unavailable'; why: string };

/** Settings files made on the fly, for phones of an allow list and no others. */
export interface ConvertSource extends FileSource {
  /** Everything that decides is looked at anew: files and licenses may come and go. */
  decide(mac: Mac): Promise<Decision>;
}

/**
 * Answers the settings files that phones ask for on their way from Enterprise to Multiplatform. A file is given only where the request itself
 * shows the MAC of a phone that may have its load; where it does not, nobody is asked further: a file of such a name in the folder would give
 * its load to everybody.
 */
export function convertSource(options: ConvertOptions): ConvertSource {
  const decide = deciding(options);
  return {
    decide,
    open: async (request) => {
      const asked = askedSettings(request.path, options.files);
      if (asked === null) return { kind: 'absent', why: null };
      if (asked.kind === 'signed')
        return {
          kind: 'absent',
          why: 'the phone trusts a Unified CM and wants settings that this one has signed; erase its ITL file first',
        };
      const mac = whoIsShown(asked, request);
      if ('why' in mac) return notFound(mac.why);
      const decision = await decide(mac.mac);
      if (decision.kind === 'unavailable') return { kind: 'refused', status: 503, why: decision.why };
      if (decision.kind === 'not') return notFound(`${mac.mac} gets no load: ${decision.refusal.why}`);
      const other = otherModel(decision.phone, asked, request);
      if (other !== null) return notFound(`${mac.mac} gets no load: ${other}`);
      return answerFor(asked, decision.phone, request, options);
    },
  };
}

function notFound(why: string): Answer {
  return { kind: 'refused', status: 404, why };
}

function deciding(options: ConvertOptions): ConvertSource['decide'] {
  const { list, rules, sources, licenseFiles } = options;
  const whole = wholeLoad(sources, options.readLoads, options.clock, loadFamiliesOf(options.models));
  return async (mac) => {
    const phone = list.allowed.get(mac);
    const not = (kind: RefusalKind, why: string): Decision => ({
      kind: 'not',
      refusal: { kind, mac, address: null, why },
    });
    if (phone === undefined) {
      const refusal = list.refused.get(mac);
      return refusal === undefined ? not('unread', 'it is not among the phones of the list') : { kind: 'not', refusal };
    }
    const license = await rightLicense(mac, onServer(rules.authorizationRule.rule), { licenseFiles, sources });
    if (license.kind === 'unavailable') return license;
    if (license.kind !== 'right') return not(license.kind, license.why);
    // An Enterprise phone asks for its load by the bare name, a Multiplatform phone by its rule.
    const { load } = phone;
    const paths = new Set([`${load}.loads`, withLoad(onServer(rules.upgradeRule.rule), load)]);
    for (const path of paths) {
      const check = await whole(path, load);
      if (check.kind === 'unavailable') return check;
      if (check.kind === 'not-whole') return not('load-not-whole', check.why);
    }
    return { kind: 'given', phone };
  };
}

/** What a rule names on this server: the path behind `{files}/`. */
function onServer(rule: string): string {
  return rule.replace(/^\{files\}\/+/, '');
}

function withLoad(template: string, load: string): string {
  return (ruleFrom(template, null, load) ?? '').replace(/[?#].*$/s, '');
}

/** The MAC that a request shows by the file's name or by what the phone says of itself, or why it shows none. */
function whoIsShown(
  { kind, mac }: AskedSettings,
  { protocol, userAgent }: FileRequest,
): { mac: Mac } | { why: string } {
  const said = saidOfItself(userAgent)?.mac ?? null;
  if (mac !== null && said !== null && mac !== said)
    return { why: `it is the file of ${mac}, and the phone that asks says that it is ${said}` };
  const shown = mac ?? said;
  if (shown !== null) return { mac: shown };
  if (kind === 'phone') return { why: 'its name has no MAC that a phone can have' };
  const why = protocol === 'tftp' ? 'over TFTP nothing shows' : 'the request does not show';
  return { why: `this file is for any phone, and ${why} which one asks; no load is given on a guess` };
}

/** Why the phone that asks cannot be the one of the list: it names itself otherwise. An NR model may leave that out. */
function otherModel(phone: AllowedPhone, asked: AskedSettings, { userAgent }: FileRequest): string | null {
  for (const name of [asked.model, saidOfItself(userAgent)?.model ?? null]) {
    const model = name === null ? null : modelOf(name);
    if (model !== null && model.replace(/NR$/, '') !== phone.model.replace(/NR$/, ''))
      return `it asks as ${model}, and on the list it is ${phone.model}`;
  }
  return null;
}

async function answerFor(
  { kind }: AskedSettings,
  { model, load }: AllowedPhone,
  request: FileRequest,
  { files, models, rules, reachedAt }: ConvertOptions,
): Promise<Answer> {
  if (kind === 'phone') return made(phoneXml(files, load), `load ${load}`);
  if (kind === 'default-loads') {
    const number = models.typeNumbers.numbers.get(model);
    if (number === undefined) return notFound(`no number of Unified CM is known for the ${model}`);
    return made(defaultLoadsXml(files, { model, number, load }), `load ${load} for the ${model} alone`);
  }
  const at = await reachedAt(request);
  if (at === null) {
    const why = 'it is not known at which address the phone reaches this machine; start with --advertise ADDRESS';
    return { kind: 'refused', status: 503, why };
  }
  const { upgradeRule, authorizationRule, authorizationType } = rules;
  const settings = [
    { tag: upgradeRule.tag, text: ruleFrom(upgradeRule.rule, at, load) ?? '' },
    { tag: authorizationRule.tag, text: ruleFrom(authorizationRule.rule, at, null) ?? '' },
    { tag: authorizationType.tag, text: authorizationType.value },
  ];
  return made(multiplatformXml(files, settings), `license and load ${load} from ${at}`);
}

function made(xml: string, note: string): Answer {
  return { kind: 'file', file: inMemory(Buffer.from(xml)), note };
}
