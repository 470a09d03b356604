import type { PlacedField } from '../../markup/page-parts.js';
import { MASK } from '../../markup/layout.js';
import { currentValue } from './admin-page.js';
import type { Device } from '../device.js';

/** Tags that are not made from the label (docs/knowledge/multiplatform-settings.md#transition-authorization). */
const TAGS = {
  upgradeRule: 'Upgrade_Rule',
  authorizationRule: 'Trans_Auth_Rule',
  authorizationType: 'Trans_Auth_Type',
};
/** What a stale file says. */
const STALE = { upgradeRule: 'http://192.0.2.44/stale.loads', authorizationRule: 'http://192.0.2.44/stale.lic' };

/** `/admin/cfg.xml`: what the Voice tabs hold, secrets hidden (docs/knowledge/multiplatform-pages.md#status-files). */
export function cfgXml(device: Device): string {
  const elements = device.fields().map((field) => {
    const tag = field.active === null ? tagOf(field) : TAGS[field.active];
    return `<${tag} ua="na">${escape(valueOf(field, device))}</${tag}>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<device>\n<flat-profile>\n${elements.join('\n')}\n</flat-profile>\n</device>\n`;
}

function valueOf(field: PlacedField, device: Device): string {
  if (field.type === 'password') return MASK;
  if (device.behavior.cfgXmlStale && (field.active === 'upgradeRule' || field.active === 'authorizationRule'))
    return STALE[field.active];
  const posted = currentValue(field, device);
  return field.choices[field.posted.indexOf(posted)] ?? posted;
}

/** Blanks and punctuation as underscores; a line's own settings end in its number. */
function tagOf({ label, key }: PlacedField): string {
  const line = /^Ext (\d+)\//.exec(key)?.[1];
  const tag = label.replace(/[^A-Za-z0-9]/g, '_');
  // An element's name begins with a letter.
  return (/^\d/.test(tag) ? `_${tag}` : tag) + (line === undefined ? '' : `_${line}_`);
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
