import { type FormValues, isUpgradeOnly } from '../../domain/plan/plan.js';
import type { UsedMethod } from '../../domain/plan/write-methods.js';
import type { AdminView } from '../multiplatform/admin-view.js';
import { settingChanges } from '../multiplatform/field-changes.js';
import {
  nothingToChange,
  type Prepared,
  type Problem,
  refererOr,
  type RequestTools,
} from '../multiplatform/prepared.js';
import { deviceProfile } from './device-profile.js';

/**
 * Prepares a request that needs no field of the page's form: a Direct Action (`resync`, `upgrade`) or a posted profile (`xml-post`), which
 * no shipped profile allows (docs/knowledge/multiplatform-settings.md#direct-actions).
 */
export function prepareDirect(
  view: AdminView,
  { way, referer }: UsedMethod,
  set: FormValues,
  tools: RequestTools,
): Prepared | Problem {
  const { endpoints } = tools.profile;
  const changes = view.settings && settingChanges(view.settings, set);
  if (!changes) return { problem: 'a setting is not shown, so it could not be read back' };
  if (changes.length === 0) return nothingToChange;
  const given = refererOr(referer, tools);
  const document = deviceProfile(set, tools.profile);
  if (way === 'xml-post') {
    const { path, contentType } = endpoints.xmlPost;
    const send: Prepared['send'] = () => ({
      answer: tools.post(path, Buffer.from(document), contentType, ...given),
      offer: null,
    });
    return { changes, names: '', send };
  }
  if (way === 'upgrade') {
    if (!isUpgradeOnly(set)) return { problem: 'an upgrade action takes one plain URL of a firmware and nothing else' };
    const path = `${endpoints.upgrade}?${set.upgradeRule ?? ''}`;
    return { changes, names: '', send: () => ({ answer: tools.act(path, ...given), offer: null }) };
  }
  const { offers } = tools;
  const ends = tools.ends();
  if (!offers || !ends) return { problem: 'nothing serves settings to the phone' };
  return {
    changes,
    names: '',
    send: () => {
      const offer = offers.offer(document, ends.theirs, ends.ours);
      return { answer: tools.act(`${endpoints.resync}?${offer.url}`, ...given), offer };
    },
  };
}
