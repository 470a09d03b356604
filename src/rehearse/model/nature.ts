import { failure, type FailureCodeName } from '../../domain/failures/failure-codes.js';
import { readingFailures } from '../../domain/failures/reading-failures.js';
import type { PhoneFacts, UpgradeSettings } from '../../domain/phone/facts.js';
import { shownNames, forEachName, type ShownFields } from '../../domain/phone/fields.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { PhoneReport } from '../../domain/report/report.js';
import type { Nature } from './modeled-phone.js';

/** What stands behind a phone's entry of a report; `null`: nothing answered there. */
export function natureOf(phone: PhoneReport, profile: MigrationProfile): Nature | null {
  const { outcome, failure: why } = phone;
  if (phone.family === null) {
    if (outcome === 'no-answer' || outcome === 'aborted' || outcome === 'deferred') return null;
    if (outcome === 'not-a-phone') return { kind: 'not-a-phone', detail: why?.message ?? 'something else' };
    return { kind: 'unreadable', failure: why ?? failure('page-unreadable') };
  }
  return { kind: 'phone', facts: factsOf(phone, profile) };
}

/** Failure codes of a phone whose pages were not shown, or not as they are needed. */
const ofPage: ReadonlySet<string> = new Set([
  ...Object.keys(readingFailures),
  ...(['fields-missing', 'fields-unclear'] satisfies FailureCodeName[]),
]);

/** A phone as a look would show it, as far as a report tells; its form has all fields, unless the audit was kept from it. */
function factsOf(phone: PhoneReport, profile: MigrationProfile): PhoneFacts {
  const { family, mac, vidSource, outcome, failure: why } = phone;
  // What kept it from being read, or from showing its form, does so again. Other reasons are found anew.
  const settingsProblem = why && (outcome === 'audited' || ofPage.has(why.code)) ? why : null;
  const hasForm = family === 'multiplatform' && settingsProblem === null;
  return {
    ...(forEachName(shownNames, (name) => phone[name]) as unknown as ShownFields),
    ...{ family: family ?? 'multiplatform', mac, settingsProblem },
    ...{ upgradeStatus: '', firmwareUpgradeRows: [], authorizationRows: [], busy: false },
    settings: hasForm ? formOf(profile) : null,
    readFrom: 'an earlier run',
    ...(vidSource === undefined || vidSource === null ? {} : { vidSource }),
  };
}

/** An empty form that offers the type that the profile sets. */
export function formOf({ authorizationType }: Pick<MigrationProfile, 'authorizationType'>): UpgradeSettings {
  return {
    ...{ upgradeRule: '', authorizationRule: '', authorizationType: '' },
    authorizationTypesOffered: authorizationType === null ? [] : [authorizationType],
  };
}
