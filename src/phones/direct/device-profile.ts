import { settingNames } from '../../domain/phone/facts.js';
import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import type { FormValues } from '../../domain/plan/plan.js';

/**
 * A step's values, and nothing else, as the small profile that phones read
 * (docs/knowledge/multiplatform-settings.md#a-profile-pushed-or-pulled): `<device><flat-profile>` with one tag for each. Macros such as
 * `$MAU` are left for the phone.
 */
export function deviceProfile(set: FormValues, { firmwareUpgrade }: MultiplatformPages): string {
  const lines = settingNames.flatMap((field) => {
    const value = set[field];
    const [tag] = firmwareUpgrade.tags[field];
    return value === undefined || tag === undefined ? [] : [`    <${tag}>${escapeXml(value)}</${tag}>\n`];
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<device>\n  <flat-profile>\n${lines.join('')}  </flat-profile>\n</device>\n`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[mark] ?? mark);
}
