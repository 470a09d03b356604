import { type HardwareFacts, type HardwareReading, hardwareReadings } from '../phone/hardware.js';
import { type Models, vidRangeText, vidText } from '../phone/models.js';
import type { Reason } from './eligibility.js';
import { familyName, type FirmwareFamily } from '../firmware/load.js';
import { atLeast, type FirmwareVersion, formatVersion } from '../firmware/version.js';

/**
 * The firmware floor of this hardware that a load would break, if any (G2: V15; RN1135, FN70546, FN72583). It holds where the VID or the
 * page's hardware version says so. A phone whose VID is not known is assumed to have it: a low number of its page is not the label's.
 */
export function brokenFloor(
  facts: HardwareFacts,
  load: { family: FirmwareFamily; version: FirmwareVersion },
  models: Models,
): Reason | null {
  const readings = hardwareReadings(facts);
  for (const { models: concerned, family, version, vidFrom, rule } of models.hardwareFloors) {
    if (facts.model === null || !concerned.includes(facts.model)) continue;
    if (!concerns({ family }, load) || atLeast(load.version, version)) continue;
    const reading = readings.find(({ number }) => number >= vidFrom);
    if (!reading && readings.some(({ isLabel }) => isLabel)) continue;
    const hardware = reading ? `of ${reading.text}` : vidRangeText(vidFrom);
    const guess = reading ? '' : vidUnknown(readings[0]);
    const text = `${facts.model} ${hardware} can run no ${familyName[family]} firmware below ${formatVersion(version)}${guess}; the load is ${formatVersion(load.version)}.`;
    const advice = reading
      ? ''
      : ` If the VID of the label is below ${vidText(vidFrom)}, give it in an inventory (column vid).`;
    return { rule, text: text + advice };
  }
  return null;
}

/**
 * Whether a hardware floor of one family holds for a load. A transition load is taken for Multiplatform firmware: it names itself -3PCC
 * (docs/knowledge/firmware.md#load-names), and a phone that cannot run it would not come back.
 */
function concerns(floor: { family: FirmwareFamily }, load: { family: FirmwareFamily }): boolean {
  return floor.family === (load.family === 'transition' ? 'multiplatform' : load.family);
}

function vidUnknown(page: HardwareReading | undefined): string {
  return page === undefined
    ? ', and the hardware version is not shown'
    : `, and its VID is not known: its ${page.text} need not be that of the label`;
}
