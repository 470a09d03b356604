import { UsageError } from '../../domain/text/usage-error.js';

/** The forms of lists, told by their content. */
export type Form = 'json' | 'ndjson' | 'nmap-xml' | 'nmap-grepable' | 'dhcpd' | 'dnsmasq' | 'table';

const scan = 'scan the subnet of the phones instead (--subnet), or give a list of their addresses';

/** Texts that are no list of phones, with what to do instead. Sources: docs/knowledge/inventories.md, "Network". */
const refused: readonly { is: RegExp; say: string }[] = [
  {
    is: /^\S*[#>]\s*sh\S*\s+cdp\b|^Device[ -]ID:\s|^Device[ -]ID\s+Local Int(?:rfce|f)|^Entry address\(es\)/im,
    say: `this is a switch's list of neighbors (show cdp neighbors), with switches and access points among them; ${scan}`,
  },
  {
    is: /^\S*[#>]\s*sh\S*\s+lldp\b|^Local Intf:\s|^Chassis id:\s|^Device[ -]ID\s+Local Intf\s+Hold-time/im,
    say: `this is a switch's list of neighbors (show lldp neighbors), with switches and access points among them; ${scan}`,
  },
  {
    is: /^Capability codes?:/im,
    say: `this is a switch's list of neighbors, with switches and access points among them; ${scan}`,
  },
  {
    is: /^\S*[#>]\s*sh\S*\s+(?:ip\s+)?arp\b|^Protocol\s+Address\s+Age \(min\)|^Internet\s+\d+\.\d+\.\d+\.\d+\s/im,
    say: `this is a switch's table of addresses (show ip arp), with everything that is on the network and the switch itself; ${scan}`,
  },
  {
    is: /^\S*[#>]\s*sh\S*\s+mac\b|^\s*Mac Address Table|^\s*\*?\s*Vlan\s+Mac Address\s+Type/im,
    say: `this is a switch's table of MACs, which has no addresses; ${scan}`,
  },
  {
    is: /^(?:# Nmap .* -oN |Nmap scan report for )/m,
    say: 'this is what nmap writes for people; let it write XML (-oX FILE) and give that file',
  },
  {
    is: /^\s*<(?:!doctype html|html|head|body|table)\b/i,
    say: 'this is a web page; save the list as CSV, or copy the table into a spreadsheet and save that as "CSV UTF-8"',
  },
];

/**
 * Tells by its beginning what a list is; its name does not matter.
 * @param head whole lines
 * @throws UsageError for a text that is no list of phones, with what to do instead
 */
export function formOf(head: string, path: string): Form {
  const start = head.trimStart();
  if (/^[[{]/.test(start)) return isLines(start) ? 'ndjson' : 'json';
  const text = head.slice(0, 16_384);
  if (/^<(?:\?xml|!--|!doctype nmaprun|nmaprun)/i.test(start) && /<nmaprun\b/.test(text)) return 'nmap-xml';
  if (/^Host: \d+\.\d+\.\d+\.\d+ \(/m.test(text)) return 'nmap-grepable';
  const other = refused.find(({ is }) => is.test(text));
  if (other) throw new UsageError(`${path}: ${other.say}.`);
  if (start.startsWith('<'))
    throw new UsageError(`${path}: this is XML of an unknown kind; of XML only that of nmap (-oX) is read.`);
  if (/^\s*lease\s+[\d.]+\s*\{/m.test(head)) return 'dhcpd';
  if (/^(?:\d+ [0-9a-f:-]{17,24} \d+\.\d+\.\d+\.\d+ \S+|duid [0-9a-f:]+\s*$)/im.test(head)) return 'dnsmasq';
  return 'table';
}

/** Two objects or more, a line each. */
function isLines(start: string): boolean {
  const [first = '', second = ''] = start.split(/\r?\n/, 2);
  if (!first.trim().startsWith('{') || !second.trim().startsWith('{')) return false;
  try {
    JSON.parse(first);
    return true;
  } catch {
    return false;
  }
}
