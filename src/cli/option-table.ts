/** One option of the command line: the one place for its name, text and default. docs/options.md is made from this. */
export interface OptionRow {
  name: string;
  group: 'Targets' | 'What to do' | 'How' | 'Connection' | 'Output';
  type: 'string' | 'number' | 'boolean';
  /** May be given several times. */
  many?: boolean;
  /** How its value is written. */
  value?: string;
  text: string;
  default?: string | number | boolean;
  choices?: readonly string[];
  /** Only for commands that may write. */
  writes?: boolean;
}

/** All options of `migrate` and `audit`. */
export const optionTable: readonly OptionRow[] = [
  {
    name: 'subnet',
    group: 'Targets',
    type: 'string',
    many: true,
    value: 'CIDR',
    text: 'Scan a subnet, such as 10.0.0.0/24',
  },
  {
    name: 'target',
    group: 'Targets',
    type: 'string',
    many: true,
    value: 'HOST|RANGE',
    text: 'An address, a host name, or a range such as 10.0.0.5-40',
  },
  {
    name: 'inventory',
    group: 'Targets',
    type: 'string',
    many: true,
    value: 'FILE',
    text: 'A .csv or .json file with address and optional mac, model, vid, site, note',
  },
  {
    name: 'exclude',
    group: 'Targets',
    type: 'string',
    many: true,
    value: 'CIDR|HOST|RANGE|FILE',
    text: 'Never contact these; wins over everything else',
  },
  {
    name: 'max-targets',
    group: 'Targets',
    type: 'number',
    value: 'N',
    default: 65_536,
    text: 'Refuse more targets than this',
  },

  {
    name: 'profile',
    group: 'What to do',
    type: 'string',
    value: 'NAME|FILE',
    writes: true,
    text: 'Where to and how; without one nothing is ever written (see: fleet-migrate profiles list)',
  },
  {
    name: 'files',
    group: 'What to do',
    type: 'string',
    value: 'URL',
    writes: true,
    text: 'The file server with firmware and licenses, such as http://10.0.0.5:6970',
  },
  {
    name: 'dry-run',
    group: 'What to do',
    type: 'boolean',
    writes: true,
    default: false,
    text: 'Plan everything, check firmware and licenses, write nothing',
  },
  {
    name: 'yes',
    group: 'What to do',
    type: 'boolean',
    writes: true,
    default: false,
    text: 'Do not ask before writing; needed where there is no terminal',
  },
  {
    name: 'authorization-rule',
    group: 'What to do',
    type: 'string',
    value: 'URL',
    writes: true,
    text: "Where phones fetch their license, instead of the profile's rule; $MAU stands for the MAC",
  },
  {
    name: 'step-up',
    group: 'What to do',
    type: 'boolean',
    writes: true,
    default: true,
    text: 'Upgrade a phone within its family first where it is too old; --no-step-up blocks such phones',
  },
  {
    name: 'allow-below-recommended',
    group: 'What to do',
    type: 'boolean',
    writes: true,
    default: false,
    text: 'Convert directly below the recommended firmware when stepping up is not possible',
  },
  {
    name: 'skip-preflight',
    group: 'What to do',
    type: 'boolean',
    writes: true,
    default: false,
    text: 'Do not fetch firmware and licenses first; the report says so',
  },

  {
    name: 'concurrency',
    group: 'How',
    type: 'number',
    value: 'N',
    default: 64,
    text: 'Phones talked to at once, one connection each',
  },
  {
    name: 'probe-concurrency',
    group: 'How',
    type: 'number',
    value: 'N',
    default: 512,
    text: 'Addresses asked at once whether somebody is there',
  },
  {
    name: 'poll-interval',
    group: 'How',
    type: 'string',
    value: 'DURATION',
    writes: true,
    text: "Between two looks at a phone under way; the profile's unless given",
  },
  {
    name: 'idle-wait',
    group: 'How',
    type: 'string',
    value: 'DURATION',
    writes: true,
    text: "How long to wait for a phone in a call before it is deferred; the profile's unless given",
  },
  {
    name: 'deadline',
    group: 'How',
    type: 'string',
    value: 'DURATION',
    writes: true,
    text: "For one step of one phone, from the write to its proof; the profile's unless given",
  },

  {
    name: 'scheme',
    group: 'Connection',
    type: 'string',
    choices: ['auto', 'http', 'https'],
    default: 'auto',
    text: 'How to reach the web pages; auto tries http, then https',
  },
  { name: 'http-port', group: 'Connection', type: 'number', value: 'PORT', default: 80, text: 'Port for http' },
  { name: 'https-port', group: 'Connection', type: 'number', value: 'PORT', default: 443, text: 'Port for https' },
  {
    name: 'timeout',
    group: 'Connection',
    type: 'string',
    value: 'DURATION',
    default: '3s',
    text: 'For a connect; answers get twice, a whole session eight times as long',
  },
  {
    name: 'ca',
    group: 'Connection',
    type: 'string',
    many: true,
    value: 'FILE',
    text: "PEM file with further certificate authorities, such as the phones' manufacturing CA",
  },
  {
    name: 'insecure',
    group: 'Connection',
    type: 'boolean',
    default: false,
    text: 'Do not check certificates in this run; the report says so',
  },

  {
    name: 'output',
    group: 'Output',
    type: 'string',
    choices: ['table', 'json', 'ndjson', 'csv'],
    default: 'table',
    text: 'What goes to standard output; ndjson streams events as they happen',
  },
  {
    name: 'report',
    group: 'Output',
    type: 'string',
    many: true,
    value: 'FILE',
    text: 'Write the report to a file too; its ending (.json, .csv) says the format',
  },
  { name: 'log-file', group: 'Output', type: 'string', value: 'FILE', text: 'Append the log to a file' },
  {
    name: 'log-level',
    group: 'Output',
    type: 'string',
    choices: ['debug', 'info', 'warn', 'error'],
    text: 'Least level to log; warn on standard error and info in the file unless given',
  },
  {
    name: 'log-format',
    group: 'Output',
    type: 'string',
    choices: ['text', 'json'],
    default: 'text',
    text: 'How log lines are written',
  },
  {
    name: 'quiet',
    group: 'Output',
    type: 'boolean',
    default: false,
    text: 'No live line and no closing words, only results and errors',
  },
  {
    name: 'detailed-exitcode',
    group: 'Output',
    type: 'boolean',
    writes: true,
    default: false,
    text: 'With --dry-run: exit code 5 when there is work to do',
  },
];
