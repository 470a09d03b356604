import { reportedLabelVid } from '../../../domain/phone/hardware.js';
import { cellText, csvLine } from '../../../report/formats/cells.js';
import type { MappedPhone } from '../../../simulator/index.js';

const columns = ['address', 'mac', 'model', 'vid', 'serial', 'site', 'note'];

/** The simulated phones as a list that `--inventory` reads; the note says where each was. Other devices stand in it if they were named then. */
export function* simulatedInventory(mapped: readonly MappedPhone[]): Generator<string> {
  yield csvLine(columns);
  for (const { phone, address } of mapped) {
    if (phone.outcome === 'not-a-phone' && !phone.named) continue;
    const was = phone.address === address ? null : phone.address;
    const note = [was, phone.note].filter((text) => text !== null && text !== '').join('; ');
    // What a list said of a label is said by this one again.
    const vid = phone.vidSource === 'inventory' ? phone.vid : reportedLabelVid(phone);
    const cells = [address, phone.mac, phone.model, vid, phone.serial, phone.site, note];
    yield csvLine(cells.map(cellText));
  }
}
