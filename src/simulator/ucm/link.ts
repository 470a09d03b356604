import type { Device } from '../devices/device.js';

/** What a phone has to do with Unified CM while it starts and stops. */
export interface UcmLink {
  /** It went down: on purpose, for a reason of the list of docs/knowledge/unified-cm.md#reasons-of-a-status. */
  wentDown(device: Device): void;
  /** It is up again, whatever it runs now. */
  cameUp(device: Device): void;
  /** Whether its configuration switches its web server on; `null`: Unified CM does not know it. */
  webAccessOf(device: Device): boolean | null;
}
