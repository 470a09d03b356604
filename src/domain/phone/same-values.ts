import { type PhoneFacts, settingNames } from './facts.js';

/**
 * Whether a page shows just what it showed in an earlier reading, of all that the files are compared with: what they said of that one is said of
 * this one, too.
 */
export function showsTheSame(earlier: PhoneFacts, now: PhoneFacts): boolean {
  return compared(earlier) === compared(now);
}

function compared(facts: PhoneFacts): string {
  const { mac, productId, softwareVersion, hardwareVersion, serial, transitionAuthorizationType } = facts;
  // Not read is not the same as read and not shown.
  const settings = facts.settings && settingNames.map((name) => facts.settings?.[name]);
  const product = { mac, productId, softwareVersion, hardwareVersion, serial, transitionAuthorizationType };
  return JSON.stringify({ product, settings });
}
