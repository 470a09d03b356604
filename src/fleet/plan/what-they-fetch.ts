import type { Pull } from '../../domain/firmware/demand.js';
import { loadName, parseLoad } from '../../domain/firmware/load.js';
import type { PlanStep } from '../../domain/plan/plan.js';
import { loadRulesOf } from '../../domain/plan/steps.js';
import type { FileCheck } from '../../files/file-check.js';
import { serverOf } from '../../files/servers/file-url.js';
import type { RunContext } from '../context.js';
import { type PhoneRecord, targetKey } from '../record/phone-record.js';
import { asThePhoneFetches } from './check-files.js';

/**
 * What planned phones will fetch, load by load. The preflight has looked at their files and remembers what it found, so nothing is asked
 * twice; with `--skip-preflight` nothing is known of them and nothing is returned.
 */
export async function whatTheyFetch(
  records: readonly PhoneRecord[],
  { options, preflight, models }: Pick<RunContext, 'options' | 'preflight' | 'models'>,
): Promise<Pull[]> {
  if (options.skipPreflight) return [];
  const checks = new Map<string, Promise<FileCheck>>();
  const checkOf = (url: string, load: string): Promise<FileCheck> => {
    const key = `${load} ${url}`;
    const check = checks.get(key) ?? preflight.firmware(url, load);
    checks.set(key, check);
    return check;
  };
  const pulls: Pull[] = [];
  for (const record of records) {
    for (const { load, url } of loadsOf(record.plan, record, options)) {
      const loadFamily = parseLoad(load, models.loadNames)?.loadFamily ?? '';
      const check = await checkOf(url, load);
      // Its URL has a scheme, which a rule may be without.
      const server = serverOf(check.url);
      pulls.push({ phone: targetKey(record.target), server, loadFamily, files: filesOf(load, check) });
    }
  }
  return pulls;
}

function loadsOf(
  plan: readonly PlanStep[],
  { facts, address }: PhoneRecord,
  options: RunContext['options'],
): { load: string; url: string }[] {
  return plan.flatMap((step) => {
    const { load } = step;
    const [rule] = loadRulesOf(step, options);
    if (load === null || rule === undefined || facts === null) return [];
    const url = asThePhoneFetches(rule, facts, address);
    return typeof url === 'string' ? [{ load, url }] : [];
  });
}

function filesOf(load: string, check: FileCheck): Pull['files'] {
  return check.ok ? [{ name: `${loadName(load)}.loads`, bytes: check.bytes }, ...(check.images ?? [])] : null;
}
