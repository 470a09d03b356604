import { loadFailures } from '../../domain/failures/failure-codes.js';
import { serverOf } from '../../files/servers/file-url.js';
import type { PhoneRecord } from '../record/phone-record.js';

type Planned = Pick<PhoneRecord, 'plan' | 'failure' | 'ended' | 'touched'>;

/** The files and servers that a phone needs and other phones may need too, each as a text. */
export function needs({ plan }: Pick<Planned, 'plan'>): string[] {
  return [...filesOf(plan), ...serversOf(plan)];
}

/** Those that a phone was blocked for, if it was. Which one of several is not told apart. */
export function missingFor({ plan, failure, ended, touched }: Planned): string[] {
  if (!ended || touched || failure === null) return [];
  if (failure.code === 'files-unreachable') return serversOf(plan);
  return loadFailures.has(failure.code) ? filesOf(plan) : [];
}

/** The loads, without the ending that makes an unchanged rule a new one. */
function filesOf(plan: Planned['plan']): string[] {
  return plan.flatMap(({ set: { upgradeRule, phoneLoad } }) =>
    phoneLoad === undefined ? (upgradeRule?.split('?', 1) ?? []) : [`phone load ${phoneLoad}`],
  );
}

function serversOf(plan: Planned['plan']): string[] {
  const rules = plan.flatMap(({ set }) => [set.upgradeRule, set.authorizationRule]);
  return [...new Set(rules.flatMap((rule) => (rule === undefined ? [] : [`server ${serverOf(rule)}`])))];
}
