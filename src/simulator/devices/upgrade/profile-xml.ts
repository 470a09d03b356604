import { parseLoad } from '../../firmware.js';
import { takesTransition } from '../../markup/layout.js';
import type { Device } from '../device.js';

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/**
 * The elements of a `<device><flat-profile>` by tag (docs/knowledge/multiplatform-settings.md#a-profile-pushed-or-pulled); null for
 * anything else.
 */
export function readProfile(text: string): Map<string, string> | null {
  const inner = /<device[\s>][^]*?<flat-profile(?:\s[^>]*)?>([^]*)<\/flat-profile>\s*<\/device>/.exec(text)?.[1];
  if (inner === undefined) return null;
  const elements = inner.matchAll(/<([A-Za-z][\w.-]*)(?:\s[^>]*)?>([^<]*)<\/\1>/g);
  return new Map([...elements].map(([, tag = '', value = '']) => [tag, unescape(value.trim())]));
}

/** Takes the settings of a profile that the simulator acts on. Returns whether it had any. */
export function applyProfile(device: Device, profile: ReadonlyMap<string, string>): boolean {
  const { state } = device;
  const upgradeRule = profile.get('Upgrade_Rule');
  if (upgradeRule !== undefined) state.upgradeRule = upgradeRule;
  const known = takesTransition(device.traits, parseLoad(state.load));
  const authorizationRule = known ? profile.get('Trans_Auth_Rule') : undefined;
  if (authorizationRule !== undefined) state.authorizationRule = authorizationRule;
  const type = known ? profile.get('Trans_Auth_Type') : undefined;
  if (type === 'Classic' || type === 'WxC') state.authorizationType = type;
  return (upgradeRule ?? authorizationRule ?? type) !== undefined;
}

function unescape(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, number?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (number !== undefined) return String.fromCodePoint(Number(number));
    return ENTITIES[name ?? ''] ?? whole;
  });
}
