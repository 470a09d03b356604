import { EXT_SECTIONS } from './ext.js';
import { phoneSections } from './phone.js';
import { REGIONAL_SECTIONS } from './regional.js';
import type { CatalogSection, CatalogTab } from '../form-field.js';
import { SIP_SECTIONS } from './sip.js';
import { SYSTEM_SECTIONS } from './system.js';
import { PROVISIONING_SECTIONS } from './provisioning.js';
import { USER_SECTIONS } from './user.js';

/** The Voice tabs of a phone (docs/knowledge/multiplatform-pages.md#tabs-and-buttons), the Firmware Upgrade section left out: it depends. */
export function voiceTabs(lines: number, attendant: boolean): CatalogTab[] {
  const ext = Array.from({ length: lines }, (_, index) => ({ title: `Ext ${index + 1}`, sections: EXT_SECTIONS }));
  const tabs: CatalogTab[] = [
    { title: 'System', sections: SYSTEM_SECTIONS },
    { title: 'SIP', sections: SIP_SECTIONS },
    { title: 'Provisioning', sections: PROVISIONING_SECTIONS },
    { title: 'Regional', sections: REGIONAL_SECTIONS },
    { title: 'Phone', sections: phoneSections(lines) },
    { title: 'User', sections: USER_SECTIONS },
    ...ext,
  ];
  if (attendant) tabs.push({ title: 'Att Console', sections: attendantSections() });
  return tabs;
}

function attendantSections(): CatalogSection[] {
  const general = [
    'Number of Units{0|1|2|3}=0',
    'Subscribe Expires=1800',
    'Subscribe Retry Interval=30',
    'Subscribe Delay=1',
  ];
  const unit = (number: number): CatalogSection => ({
    title: `Unit ${number}`,
    fields: Array.from({ length: 28 }, (_, key) => `Unit ${number} Key ${key + 1}`),
  });
  return [{ title: 'General', fields: general }, unit(1), unit(2), unit(3)];
}
