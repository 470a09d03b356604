import {
  type Block,
  type Dialect,
  dialects,
  escape,
  type Random,
  randomOf,
  type TableRow,
  type Writer,
  writers,
} from './admin-page-dialects.js';

export { type Dialect, dialects };

/**
 * Writes admin pages of Multiplatform phones for the tests of the readers, from a seed: five kinds of markup, decoys, and the true values
 * with them. Shares nothing with the readers nor with the simulator.
 */
export interface Truth {
  productName: string;
  serial: string;
  softwareVersion: string;
  hardwareVersion: string;
  mac: string;
  /** `null`: no such row. */
  transitionAuthorizationType: string | null;
  customization: string;
  upgradeStatus: string;
  firmwareUpgradeRows: string[];
  authorizationRows: string[];
  callStates: string[];
  form: {
    action: string;
    upgradeRule: { name: string; value: string };
    /** `null`: firmware without the transition fields. */
    authorizationRule: { name: string; value: string } | null;
    authorizationType: { name: string; value: string; options: { value: string; label: string }[] } | null;
  };
}

export interface WrittenPage {
  html: string;
  truth: Truth;
  dialect: Dialect;
}

/** Filler that brings a page to a realistic size: rows of a section nobody reads. */
export interface WriteOptions {
  fillerRows?: number;
  decoys?: boolean;
}

export function writeAdminPage(
  seed: number,
  dialect: Dialect,
  { fillerRows = 6, decoys = true }: WriteOptions = {},
): WrittenPage {
  const random = randomOf(seed);
  const truth = inventTruth(random);
  const writer = writers[dialect](random);
  const field = (control: string) => ({ html: control });
  const { form } = truth;
  const info: Block[] = [
    { heading: 'System Information', rows: [row('Host Name', 'SEP-decoy'), row('MAC Address', 'DE:C0:DE:C0:DE:00')] },
    { heading: 'Product Information', rows: productRows(truth, random) },
    { heading: 'Phone Status', rows: [row('Current Time', '1/2/2024'), row('Upgrade Status', truth.upgradeStatus)] },
    ...truth.callStates.map((state, at) => ({
      heading: `Line ${at + 1} Call 1 Status`,
      rows: [row('Call State', state), row('Tone', 'None')],
    })),
  ];
  const download: Block[] = [
    {
      heading: 'Firmware Upgrade Status',
      rows: truth.firmwareUpgradeRows.map((text, at) => row(`Firmware Upgrade Status ${at + 1}`, text)),
    },
    {
      heading: 'Provisioning Status',
      rows: [row('Provisioning Status 1', '[0][01/01/2020 00:00:00][http://decoy/x]Done')],
    },
    { heading: 'Transition Authorization Status', statuses: [...truth.authorizationRows, ''] },
  ];
  const provisioning: Block[] = [
    {
      heading: 'Configuration Profile',
      rows: [row('Profile Rule', field(input(random, 'decoy-profile', '/$PSN.xml'))), ...filler(random, fillerRows)],
    },
    {
      heading: 'Firmware Upgrade',
      rows: [
        row('Upgrade Enable', field(yesNo(random, '100'))),
        row('Upgrade Error Retry Delay', field(input(random, '101', '3600'))),
        row('Upgrade Rule', field(input(random, form.upgradeRule.name, form.upgradeRule.value))),
        row('Log Upgrade Request Msg', field(input(random, '103', '$PN $MAC -- Requesting upgrade'))),
        ...(form.authorizationRule && form.authorizationType
          ? [
              row(
                pick(random, ['Transition Authorization Rule', 'Transition Load Authorization Rule']),
                field(input(random, form.authorizationRule.name, form.authorizationRule.value)),
              ),
              row(
                pick(random, ['Transition Authorization Type', 'Transition Authorization Typ']),
                field(select(random, form.authorizationType)),
              ),
            ]
          : []),
      ],
    },
    {
      heading: 'CA Settings',
      rows: [
        row('Custom CA Rule', field(input(random, 'decoy-ca', ''))),
        row('Upgrade Rule', field(input(random, 'decoy-rule', 'http://decoy/'))),
        row('Transition Authorization Type', field(input(random, 'decoy-type', 'WxC'))),
        ...filler(random, fillerRows),
      ],
    },
  ];
  const html = writer.page(
    [
      decoys ? decoyMarkup : '',
      writer.tab('Info', info),
      writer.tab('Download Status', download),
      writer.form(form.action, writer.tab('Provisioning', provisioning) + passwordRow(writer)),
      decoys ? decoyScript : '',
    ].join('\n'),
  );
  return { html, truth, dialect };
}

function row(label: string, value: TableRow['value']): TableRow {
  return { label, value };
}

function pick<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)] as T;
}

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
}

function inventTruth(random: Random): Truth {
  const mac = Array.from({ length: 12 }, () => pick(random, [...'0123456789ABCDEF'])).join('');
  const licensed = random() < 0.4;
  const hasTransition = random() < 0.8;
  const url = `https://files.example:6970/${mac}_M2E.lic`;
  const name = Number(digits(random, 4)) + 1000;
  const type = pick(random, ['Classic', 'WxC']);
  return {
    productName: `CP-${pick(random, ['7841', '8841', '8851NR', '7832', '8865'])}-3PCC`,
    serial: `FCH${digits(random, 4)}ABCD`,
    softwareVersion: `sip88xx.12-0-${digits(random, 1)}MPP0001-${digits(random, 2)}`,
    hardwareVersion: `V${digits(random, 2)}`,
    mac,
    transitionAuthorizationType: hasTransition ? (licensed ? type : '') : null,
    customization: pick(random, ['Open', 'Pending', 'Custom-Pending']),
    upgradeStatus: pick(random, ['Upgrade in progress', 'Upgrading', 'Failed & stopped: "404" <not found>', 'Idle']),
    firmwareUpgradeRows: Array.from(
      { length: Math.floor(random() * 4) },
      (_, at) => `[0${at}/01/2024] Result ${digits(random, 3)}`,
    ),
    authorizationRows: Array.from(
      { length: Math.floor(random() * 3) },
      (_, at) =>
        `[${at}][01/0${at + 1}/2024 12:00:00][${url}]${at === 0 ? 'Authorization Succeeded.' : 'Not authorized'}`,
    ),
    callStates: Array.from({ length: Math.floor(random() * 3) }, () => pick(random, ['Idle', 'Connected', 'Ringing'])),
    form: {
      action: pick(random, ['bcisco.csc', '/admin/bcisco.csc', 'http://192.0.2.1/admin/bcisco.csc']),
      upgradeRule: {
        name: `${name}`,
        value: pick(random, ['', 'http://files.example/a&b.loads', '($SWVER lt 12)? http://x/y']),
      },
      authorizationRule: hasTransition ? { name: `${name + 64}`, value: pick(random, ['', `${url}?try=1`]) } : null,
      authorizationType: hasTransition
        ? {
            name: `${name + 128}`,
            value: 'Classic',
            options: pick(random, [
              [
                { value: 'Classic', label: 'Classic' },
                { value: 'WxC', label: 'WxC' },
              ],
              [
                { value: 'WxC', label: 'WxC' },
                { value: 'Classic', label: 'Classic' },
              ],
            ]),
          }
        : null,
    },
  };
}

function productRows(truth: Truth, random: Random): TableRow[] {
  const mac = pick(random, [truth.mac, truth.mac.toLowerCase(), truth.mac.match(/../g)?.join(':') ?? '']);
  const rows = [
    row('Product Name', truth.productName),
    row('Serial Number', truth.serial),
    row('Software Version', truth.softwareVersion),
    row('Hardware Version', truth.hardwareVersion),
    row('MAC Address', mac),
    row('Client Certificate', 'Installed'),
    row('Customization', truth.customization),
  ];
  const type = truth.transitionAuthorizationType;
  return type === null ? rows : [...rows, row('Transition Authorization Type', type), row('Licenses', 'None')];
}

function filler(random: Random, count: number): TableRow[] {
  return Array.from({ length: count }, (_, at) =>
    row(`GPP Setting ${at}`, { html: input(random, `9${at}${digits(random, 4)}`, `value ${digits(random, 12)}`) }),
  );
}

function passwordRow(writer: Writer): string {
  return writer.tab('System', [
    {
      heading: 'System Configuration',
      rows: [row('Admin Password', { html: '<input type="password" name="P30959" value="">' })],
    },
  ]);
}

const decoyRows =
  '<h3>Product Information</h3><table><tr><td>Product Name:</td><td>CP-9999-3PCC</td><td>MAC Address:</td><td>DECODECODEC0</td></tr>' +
  '</table><h3>Firmware Upgrade</h3><form action="evil.csc"><table><tr><td>Upgrade Rule:</td><td><input name="666"></td></tr></table></form>';
const decoyMarkup =
  `<!-- ${decoyRows} -->\n<script>var old = '${decoyRows.replaceAll('/', '\\/')}'; // <!--</script>` +
  `<textarea name="notes">${decoyRows}</textarea><div title="${decoyRows.replaceAll('"', "'")}"></div>` +
  '<ul><li><a href="#fu">Firmware Upgrade</a></li><li><a href="#pi">Product Information</a></li></ul>' +
  '<p>See Firmware Upgrade for the Upgrade Rule and the Transition Authorization Type.</p>';
const decoyScript = `<SCRIPT type=text/javascript>document.write("${decoyRows.replaceAll('"', "'")}")</SCRIPT>`;

function input(random: Random, name: string, value: string): string {
  const quoted = random() < 0.5;
  return quoted || value === ''
    ? `<input class="inputc" size="40" name="${name}" value="${escape(value)}" maxlength="2047">`
    : `<INPUT CLASS=inputc SIZE=40 NAME=${name} VALUE='${escape(value)}'>`;
}

function yesNo(random: Random, name: string): string {
  return random() < 0.5
    ? `<select name="${name}"><option value="1" selected>Yes</option><option value="0">No</option></select>`
    : `<SELECT NAME=${name}><OPTION VALUE=1 SELECTED>Yes<OPTION VALUE=0>No</SELECT>`;
}

function select(
  random: Random,
  { name, value, options }: { name: string; value: string; options: { value: string; label: string }[] },
): string {
  const withValues = random() < 0.5;
  const items = options.map(
    (option) =>
      `<option${withValues ? ` value="${option.value}"` : ''}${option.value === value ? ' selected' : ''}>${option.label}</option>`,
  );
  return `<select name="${name}">${items.join('')}</select>`;
}
