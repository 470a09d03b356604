import { phoneDate } from '../../clock.js';
import { parseLoad } from '../../firmware.js';
import { hasTypeRow } from '../../markup/layout-info.js';
import type { Device } from '../device.js';
import { shownBy, shownRows } from './shown.js';
import type { World } from '../world.js';

type Group = readonly [title: string, rows: readonly (readonly [label: string, value: string])[]];

/**
 * `/admin/status.xml` (docs/knowledge/multiplatform-pages.md#status-files). Nested: an element per section. Flat: all under `flat-status`,
 * some tags more than once, as the ancestors do.
 */
export function statusXml(device: Device, world: World): string {
  const groups = groupsOf(device, world);
  if (device.behavior.statusXml === 'flat') {
    const elements = groups.flatMap(([title, rows]) =>
      rows.map(([label, value]) => element(label, value, ` group="Info/${tag(title)}"`)),
    );
    return `<?xml version="1.0" encoding="UTF-8"?>\n<flat-status>\n${elements.join('\n')}\n</flat-status>\n`;
  }
  const sections = groups.map(
    ([title, rows]) =>
      `<${tag(title)}>\n${rows.map(([label, value]) => element(label, value)).join('\n')}\n</${tag(title)}>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<device><status>\n${sections.join('\n')}\n</status></device>\n`;
}

function groupsOf(device: Device, world: World): Group[] {
  const { state, behavior } = device;
  const { host, serial, hardware, upgradeStatus, softwareVersion } = shownBy(device);
  const shown = behavior.statusXmlHasTransition && hasTypeRow(device.traits, parseLoad(state.load));
  const product: [string, string][] = [
    ['Product Name', device.layoutTraits().productName],
    ['Serial Number', serial],
    ['Software Version', behavior.statusXmlStale ? staleVersion(state.load) : softwareVersion],
    ['Hardware Version', hardware],
    ['MAC Address', device.mac],
    ['Client Certificate', 'Installed'],
    ['Customization', 'Open'],
  ];
  if (shown) product.push(['Transition Authorization Type', state.typeRow]);
  const download: [string, string][] = [0, 1, 2].map((index) => [
    `Firmware Upgrade Status ${index + 1}`,
    state.firmwareRows[index] ?? '',
  ]);
  if (shown)
    download.push(
      ...shownRows(device, state.authorizationRows, world).map((row): [string, string] => [
        'Transition Authorization Status',
        row,
      ]),
    );
  const line: [string, string][] = [
    ['Call State', device.isBusy() ? 'Connected' : 'Idle'],
    ['Tone', 'None'],
    ['Call State', 'Idle'],
  ];
  return [
    [
      'System Information',
      [
        ['Host Name', host],
        ['Domain', 'example.com'],
      ],
    ],
    [
      'IPv4 Information',
      [
        ['IP Status', 'OK'],
        ['Current IP', device.address],
      ],
    ],
    [
      'Reboot History',
      [0, 1, 2, 3, 4].map((index): [string, string] => [
        `Reboot Reason ${index + 1}`,
        state.rebootReasons[index] ?? '',
      ]),
    ],
    ['Product Information', product],
    [
      'Phone Status',
      [
        ['Current Time', phoneDate(world.time.now())],
        ['Upgrade Status', upgradeStatus],
        ['SW Port', '1000 Mbps Full'],
      ],
    ],
    ['Line 1 Call Status', line],
    ['Download Status', download],
  ];
}

/** An older version than the page shows. */
function staleVersion(load: string): string {
  return `${load.slice(0, load.indexOf('.'))}.11-3-1MPP0001-355`;
}

/** Every blank and punctuation mark becomes an underscore. */
function tag(label: string): string {
  return label.replace(/[^A-Za-z0-9]/g, '_');
}

function element(label: string, value: string, attributes = ''): string {
  return `<${tag(label)}${attributes}>${value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')}</${tag(label)}>`;
}
