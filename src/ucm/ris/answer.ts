import { parseIpv4 } from '../../domain/network/ipv4.js';
import { printable } from '../../domain/text/printable.js';
import type { UcmKnowledge } from '../../domain/unified-cm/knowledge.js';
import { childOf, childrenOf, type Element, isNil, textOf } from '../soap/element.js';
import type { UcmRegistration } from '../ucm.js';

/** What one answer of the service lists. */
export interface RisAnswer {
  /** Each as one node has it; a phone may stand under several. */
  devices: readonly UcmRegistration[];
  /** Nodes that did not say what they have. */
  silentNodes: readonly string[];
  /** `null`: not told. */
  total: number | null;
}

type Reasons = Pick<UcmKnowledge, 'statusReasons'>;

/** Documented words of a node that has answered: with devices, or without any. */
const answered = new Set(['ok', 'notfound']);

/** Reads `selectCmDeviceResponse`, or the same by the name of the request; `null` for what is neither. */
export function readSelectAnswer(body: Element, knowledge: Reasons): RisAnswer | null {
  const response = body.children.find(({ name }) => /^selectCmDevice(?:Ext)?Response$/.test(name));
  const returned =
    response?.children.find(({ name }) => /^selectCmDevice(?:Ext)?Return$/.test(name)) ?? response ?? null;
  const result = childOf(returned, 'SelectCmDeviceResult');
  const nodes = result?.children.find(({ name }) => name === 'CmNodes');
  const total = wholeNumber(textOf(result, 'TotalDevicesFound'));
  // Without the list and without a number, nothing says that nothing was found.
  if (!result || (!nodes && total !== 0) || (nodes && isNil(nodes) && total !== null && total > 0)) return null;
  const items = childrenOf(nodes ?? null, 'item');
  return {
    total,
    devices: items.flatMap((node) => devicesOf(node, knowledge)),
    silentNodes: items.filter(isSilent).map((node) => printable(textOf(node, 'Name') ?? 'a node without a name', 100)),
  };
}

function isSilent(node: Element): boolean {
  const code = (textOf(node, 'ReturnCode') ?? '').toLowerCase();
  // Nothing was kept from an earlier answer, so "no change" tells nothing.
  return !answered.has(code) || textOf(node, 'NoChange')?.toLowerCase() === 'true';
}

function devicesOf(node: Element, knowledge: Reasons): UcmRegistration[] {
  return childrenOf(childOf(node, 'CmDevices'), 'item').flatMap((device): UcmRegistration[] => {
    const name = textOf(device, 'Name');
    return name === null ? [] : [registrationOf(name, device, textOf(node, 'Name'), knowledge)];
  });
}

function registrationOf(name: string, device: Element, node: string | null, knowledge: Reasons): UcmRegistration {
  const shown = (tag: string): string | null => {
    const text = textOf(device, tag);
    return text === null ? null : printable(text, 200);
  };
  const status = shown('Status');
  const registered = registeredBy(status);
  const seconds = wholeNumber(textOf(device, 'TimeStamp'));
  return {
    name: name.toUpperCase(),
    registered,
    status,
    statusReason: reasonOf(shown('StatusReason'), knowledge),
    activeLoad: shown('ActiveLoadID'),
    download: downloadOf(shown('DownloadStatus')),
    downloadFailure: shown('DownloadFailureReason'),
    httpd: httpdOf(shown('Httpd')),
    address: addressOf(device),
    at: seconds === null || seconds === 0 ? null : seconds * 1_000,
    node: registered === 'yes' ? node : null,
  };
}

function registeredBy(status: string | null): UcmRegistration['registered'] {
  switch (status?.toLowerCase()) {
    case 'registered':
    case 'partiallyregistered':
      return 'yes';
    case 'unregistered':
    case 'rejected':
      return 'no';
    default:
      return 'unknown';
  }
}

function downloadOf(text: string | null): UcmRegistration['download'] {
  switch (text?.toLowerCase() ?? 'any') {
    case 'any':
      return 'none';
    case 'upgrading':
      return 'upgrading';
    case 'successful':
      return 'successful';
    case 'failed':
      return 'failed';
    default:
      return 'unknown';
  }
}

/** A number in words; a number without a word, and any other text, as it is. */
function reasonOf(text: string | null, { statusReasons }: Reasons): string | null {
  const number = wholeNumber(text);
  if (text === null || number === null) return text;
  return statusReasons.none.has(number) ? null : (statusReasons.byNumber.get(number) ?? `reason ${number}`);
}

function httpdOf(text: string | null): boolean | null {
  switch (text?.toLowerCase()) {
    case 'yes':
      return true;
    case 'no':
      return false;
    default:
      return null;
  }
}

/** Several in a list, by their kind; older answers have one text. */
function addressOf(device: Element): string | null {
  const holder = device.children.find(({ name }) => name === 'IPAddress' || name === 'IpAddress');
  const items = childrenOf(holder ?? null, 'item');
  const texts =
    items.length === 0
      ? [holder?.text ?? '']
      : items
          .filter((item) => /^(?:ipv4)?$/i.test(textOf(item, 'IPAddrType') ?? ''))
          .map((item) => textOf(item, 'IP') ?? '');
  // Zero stands for none.
  return texts.find((text) => (parseIpv4(text) ?? 0) !== 0) ?? null;
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : null;
}
