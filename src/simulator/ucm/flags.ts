/**
 * How a simulated Unified CM differs from a friendly one. Each works alone, and they can be combined. `…Every: n`: each n-th request of that
 * kind; 0: none. Sources: docs/knowledge/unified-cm.md.
 */
export interface UcmFlags {
  // --- AXL ----------------------------------------------------------------------------------------------------
  /** Writes that get a 503: so many at first, and every n-th. */
  axlBusyFirst: number;
  axlBusyEvery: number;
  /** A result of more rows is "too large"; 0: none is. */
  axlTooLargeAbove: number;
  /** Reads that get the memory fault: every n-th. */
  axlMemoryFaultEvery: number;
  /** A session cookie that came back so many times has expired and gets a 404; 0: never. */
  axlSessionUses: number;
  /** Schema versions that are spoken; empty: the cluster's own and all before it. Others get a 599 (known from memory only). */
  axlVersions: readonly string[];
  /** Where the user is found, so that its roles can be read. */
  axlRolesReadable: 'appUser' | 'user' | 'no';
  /** Answers of AXL and RisPort that end in the middle: every n-th. */
  cutOffEvery: number;
  /** `ends`: half a document, whole by its length. `breaks`: the connection breaks after half of it. */
  cutOffHow: 'ends' | 'breaks';

  // --- RisPort ------------------------------------------------------------------------------------------------
  /** Requests within any minute; one more gets the fault. 0: any number. */
  risPerMinute: number;
  /** Requests that get an error in plain text: every n-th. */
  risPlainTextEvery: number;
  /** Nodes that do not answer, by name. */
  risSilentNodes: readonly string[];
  /** The answer's element. The second is what a mock made up. */
  risResponse: 'selectCmDeviceResponse' | 'selectCmDeviceExtResponse';
  /** Devices in an answer; the rest is left out without a word. */
  risMaxDevices: number;
  /** `DownloadStatus` while a phone takes a load. Unknown. */
  risDownloadStatus: 'Upgrading' | 'Unknown' | '';
  /** How a phone that has left for Multiplatform firmware is shown. */
  risLeftPhones: 'unregistered' | 'absent';

  // --- roles of the other services -----------------------------------------------------------------------------
  /** Whether the user may ask the real-time service and the Control Center, where its role allows AXL. */
  realTimeRole: boolean;
  servicesRole: boolean;

  // --- phones -------------------------------------------------------------------------------------------------
  /** Name of the element *Load Server* in a vendor configuration. Unknown. */
  loadServerElement: string;
  /** Whether phones fetch from it. */
  loadServerHonored: boolean;
  /** Simulated seconds until a phone that starts as Enterprise is registered. */
  registersAfter: number;
  /** Whether a phone restarts for a change of its web access. */
  webAccessNeedsRestart: boolean;

  // --- files and certificate ----------------------------------------------------------------------------------
  /** Whether a file is served only after the TFTP service was restarted since it was put there. */
  filesNeedRestart: boolean;
  /** What the files are served over; what is left out does not answer. */
  filesOver: 'both' | 'http' | 'tftp';
  /** The certificate of the web services. */
  certificate: 'good' | 'expired' | 'other-name' | 'self-signed';
}

/** A friendly cluster, with the limits that are known. */
export const USUAL_UCM_FLAGS: Readonly<UcmFlags> = {
  axlBusyFirst: 0,
  axlBusyEvery: 0,
  axlTooLargeAbove: 0,
  axlMemoryFaultEvery: 0,
  axlSessionUses: 0,
  axlVersions: [],
  axlRolesReadable: 'appUser',
  cutOffEvery: 0,
  cutOffHow: 'ends',
  risPerMinute: 15,
  risPlainTextEvery: 0,
  risSilentNodes: [],
  risResponse: 'selectCmDeviceResponse',
  risMaxDevices: 2000,
  risDownloadStatus: 'Upgrading',
  risLeftPhones: 'unregistered',
  realTimeRole: true,
  servicesRole: true,
  loadServerElement: 'loadServer',
  loadServerHonored: true,
  registersAfter: 30,
  webAccessNeedsRestart: true,
  filesNeedRestart: true,
  filesOver: 'both',
  certificate: 'good',
};
