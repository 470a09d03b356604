import { UsageError } from '../../domain/text/usage-error.js';

/** The forms of lists, told by their content. */
export type Form = 'json' | 'ndjson' | 'nmap-xml' | 'nmap-grepable' | 'dhcpd' | 'dnsmasq' | 'table';

const scan = 'scan the subnet of the phones instead (--subnet), or give a list of their addresses';

/** A command behind a prompt of any maker: `SW1#show …`, `<Huawei>display …`, `user@sw> show …`, also when it was copied with blanks; a comment is none. */
function command(words: string): RegExp {
  return new RegExp(String.raw`^[ \t]*(?:<[^<>\s]+>|[^\s#]\S*[#>$%])[ \t]*${words}`, 'im');
}

/** The show command of switches, and its short forms. */
const show = String.raw`(?:sh|dis)\w*[ \t]+`;
const neighbors = "this is a switch's list of neighbors";
const others = 'with switches and access points among them';

/** Texts that are no list of phones, with what to do instead. Sources: docs/knowledge/inventories.md, "Network". */
const refused: readonly { is: readonly RegExp[]; say: string }[] = [
  {
    is: [
      command(`${show}cdp\\b`),
      /^[ \t]*Device[ -]?ID[ \t]*:[ \t]*\S/im,
      /^[ \t]*Device[ -]?ID[ \t]+Local[ \t]*Int(?:rfce|f)(?![ \t]+Hold-time)/im,
      /^[ \t]*(?:Entry|Interface|Mgmt|Management)[ \t]+address[ \t]?\(es\)/im,
      /^[ \t]*Platform[ \t]*:[ \t]*\S/im,
    ],
    say: `${neighbors} (show cdp neighbors), ${others}; ${scan}`,
  },
  {
    is: [
      command(`${show}lldp\\b`),
      /^[ \t]*Local[ \t]*(?:Intf|Interface|Port)(?:[ \t]*id)?[ \t]*:/im,
      /^[ \t]*Chassis[ \t]*-?(?:ID|type)[ \t]*:/im,
      /^[ \t]*LLDP neighbou?r-information of port/im,
      /^[ \t]*Local[ \t]*Interface[ \t]+Parent[ \t]*Interface[ \t]+Chassis[ \t]*Id/im,
      /^[ \t]*LocalPort[ \t]*\|[ \t]*ChassisId/im,
      /^[ \t]*Device[ -]?ID[ \t]+Local[ \t]*Intf[ \t]+Hold-time/im,
    ],
    say: `${neighbors} (show lldp neighbors), ${others}; ${scan}`,
  },
  { is: [/^[ \t]*Capability codes?[ \t]*:/im], say: `${neighbors}, ${others}; ${scan}` },
  {
    is: [
      command(`${show}(?:ip[ \\t]+)?arp\\b`),
      command(String.raw`arp\b`),
      /^[ \t]*Protocol[ \t]+Address[ \t]+Age[ \t]*\(min\)/im,
      /^[ \t]*Internet[ \t]+\d+\.\d+\.\d+\.\d+[ \t]/im,
      /^[ \t]*Address {2,}Age {2,}MAC Address {2,}Interface/im,
      /^[ \t]*Address {2,}HWtype {2,}HWaddress/im,
      /^[ \t]*Internet Address {2,}Physical Address {2,}Type/im,
    ],
    say: `this is a switch's or computer's table of addresses (arp), with everything that is on the network and the switch itself; ${scan}`,
  },
  {
    is: [
      command(`${show}ip[ \\t]+dhcp\\b`),
      /^[ \t]*Bindings from all pools/im,
      /^[ \t]*IP address {2,}Client-ID\/?/im,
    ],
    say: `this is a switch's list of DHCP leases (show ip dhcp binding), with everything that asked for an address; ${scan}`,
  },
  {
    is: [
      command(`${show}ip[ \\t]+int\\w*`),
      /^[ \t]*Interface {2,}IP[ -]?Address {2,}(?:OK\?|Interface Status)/im,
      /^[ \t]*IP Interface Status for VRF\b/im,
    ],
    say: `this is a switch's list of its own addresses (show ip interface brief), which are no phones; ${scan}`,
  },
  {
    is: [command(`${show}mac\\b`), /^[ \t]*Mac Address Table/im, /^[ \t]*\*?[ \t]*Vlan[ \t]+Mac Address[ \t]+Type/im],
    say: `this is a switch's table of MACs, which has no addresses; ${scan}`,
  },
  {
    is: [
      /^(?:[ \t]*(?:#.*)?\r?\n)*---[ \t]*(?:\r?\n|$)/,
      /^[ \t]*(?:- )?["']?[A-Za-z_][\w-]*["']?:[ \t]*(?:#.*)?(?:\r?\n[ \t]*(?:#.*)?)*\r?\n(?:[ \t]+\S|- )/m,
    ],
    say: 'this is YAML, such as the settings of this program (--config); give a list with an address a line, or CSV with a header',
  },
  {
    is: [/^(?:# Nmap .* -oN |Nmap scan report for )/m],
    say: 'this is what nmap writes for people; let it write XML (-oX FILE) and give that file',
  },
  {
    is: [/^\s*<(?:!doctype html|html|head|body|table)\b/i],
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
  const other = refused.find(({ is }) => is.some((one) => one.test(text)));
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
