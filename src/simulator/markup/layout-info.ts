import type { Load } from '../firmware.js';
import { isAtLeast } from '../firmware.js';
import type { Model } from '../models.js';
import type { Row, Section, Tab } from './page-parts.js';
import { slot } from './page-parts.js';

const value = (label: string, text = ''): Row => ({ kind: 'value', label, text });

/** The four tabs under Info (docs/knowledge/multiplatform-pages.md#tabs-and-buttons). */
export function infoTabs({ model, load }: { model: Model; load: Load | null }): Tab[] {
  return [
    { title: 'Status', sections: statusSections(model, load) },
    { title: 'Debug Info', sections: debugSections() },
    { title: 'Download Status', sections: downloadSections(model, load) },
    { title: 'Network Statistics', sections: networkSections() },
  ];
}

/** Whether Product Information has the Transition Authorization Type row: MPP 11.3(3) and later, never a 6800. */
export function hasTypeRow(model: Model, load: Load | null): boolean {
  return model.enterprise && load?.family === 'multiplatform' && isAtLeast(load.version, 11, 3, 3);
}

function productInformation(model: Model, load: Load | null): Section {
  const rows = [
    value('Product Name', slot('productName')),
    value('Serial Number', slot('serial')),
    value('Software Version', slot('softwareVersion')),
    value('Hardware Version', slot('hardware')),
    value('MAC Address', slot('mac')),
    value('Client Certificate', 'Installed'),
    value('Customization', 'Open'),
  ];
  // The ancestors' row, where the newer one will be.
  rows.push(
    hasTypeRow(model, load) ? value('Transition Authorization Type', slot('typeRow')) : value('Licenses', 'None'),
  );
  return { title: 'Product Information', rows };
}

function statusSections(model: Model, load: Load | null): Section[] {
  const lines = Array.from({ length: model.lines }, (_, index) => index + 1);
  return [
    {
      title: 'System Information',
      rows: [
        value('Host Name', slot('hostName')),
        value('Domain', 'example.com'),
        value('Primary NTP Server', '192.0.2.123'),
        value('Secondary NTP Server'),
      ],
    },
    {
      title: 'IPv4 Information',
      rows: [
        value('IP Status', 'OK'),
        value('Connection Type', 'DHCP'),
        value('Current IP', slot('address')),
        value('Current Netmask', '255.255.255.0'),
        value('Current Gateway', '192.0.2.1'),
        value('Primary DNS', '192.0.2.53'),
        value('Secondary DNS'),
      ],
    },
    {
      title: 'Reboot History',
      rows: [1, 2, 3, 4, 5].map((index) => value(`Reboot Reason ${index}`, slot(`reboot${index}`))),
    },
    productInformation(model, load),
    {
      title: 'Phone Status',
      rows: [
        value('Current Time', slot('currentTime')),
        value('Elapsed Time', '3 days and 04:05:06'),
        value('SIP Messages Sent', '4711'),
        value('SIP Bytes Sent', '2042042'),
        value('SIP Messages Recv', '4708'),
        value('SIP Bytes Recv', '1923001'),
        value('External IP'),
        value('Operational VLAN ID', '294'),
        value('SW Port', '1000 Mbps Full'),
        value('PC Port', 'Link down'),
        value('Upgrade Status', slot('upgradeStatus')),
        value('SW Port Config', 'AUTO'),
        value('PC Port Config', 'AUTO'),
        value('Last Successful Login'),
        value('Last Failed Login'),
      ],
    },
    ...lines.map((line) => ({
      title: `Ext ${line} Status`,
      rows: [
        value('Registration State', line === 1 ? 'Registered' : 'Not Registered'),
        value('Last Registration At', line === 1 ? '01/02/2024 03:04:05' : ''),
        value('Next Registration In', line === 1 ? '1200 s' : ''),
        value('Message Waiting', 'No'),
        value('Mapped SIP Port'),
        value('Hoteling State', 'Disabled'),
      ],
    })),
    ...lines.map((line) => ({
      title: `Line ${line} Call 1 Status`,
      rows: [
        value('Call State', line === 1 ? slot('callState') : 'Idle'),
        value('Tone', 'None'),
        value('Encoder'),
        value('Decoder'),
        value('Type'),
        value('Remote Hold'),
        value('Peer Name'),
        value('Peer Phone'),
        value('Duration'),
        value('Packets Sent'),
        value('Packets Recv'),
        value('Packets Lost'),
      ],
    })),
    {
      title: 'TR-069 Status',
      rows: [
        value('TR-069 Feature', 'Disabled'),
        value('Periodic Inform Time'),
        value('Last Inform Time'),
        value('Last Transaction Status'),
      ],
    },
    { title: 'PRT Status', rows: [value('PRT Generation Status'), value('PRT Upload Status')] },
  ];
}

function downloadSections(model: Model, load: Load | null): Section[] {
  const sections: Section[] = [
    {
      title: 'Firmware Upgrade Status',
      rows: [1, 2, 3].map((index) => value(`Firmware Upgrade Status ${index}`, slot(`firmware${index}`))),
    },
    {
      title: 'Provisioning Status',
      rows: [
        value('Provisioning Profile'),
        ...[1, 2, 3].map((index) => value(`Provisioning Status ${index}`, index === 1 ? 'Resync succeeded' : '')),
        value('Provisioning Failure Reason'),
      ],
    },
    {
      title: 'Custom CA Status',
      rows: [value('Custom CA Provisioning Status', 'Not Installed'), value('Custom CA Info', 'Not Installed')],
    },
    { title: 'Screen Status', rows: [value('Screen Saver Download Status')] },
    {
      title: 'MIC Cert Refresh Status',
      rows: [value('MIC Cert Provisioning Status'), value('MIC Cert Info', 'Installed')],
    },
  ];
  if (hasTypeRow(model, load)) {
    const rows: Row[] = [{ kind: 'list', label: 'Transition Authorization Status', slot: slot('authorizationRows') }];
    sections.push({ title: 'Transition Authorization Status', rows });
  }
  return sections;
}

function debugSections(): Section[] {
  return [
    {
      title: 'Console Logs',
      rows: ['Debug Message 1', 'Debug Message 2', 'Debug Message 3', 'Debug Message 4'].map((label) =>
        value(label, 'messages.0'),
      ),
    },
    { title: 'Problem Reports', rows: [value('Report Problem', 'Generate PRT')] },
    { title: 'Browser Info', rows: [value('Loading Time', '2.31 s')] },
  ];
}

function networkSections(): Section[] {
  const counters = [
    'TxFrames',
    'TxBroadcasts',
    'TxMulticasts',
    'TxUnicast',
    'RxFrames',
    'RxBroadcasts',
    'RxMulticasts',
    'RxUnicast',
  ];
  return [
    { title: 'Ethernet Information', rows: counters.map((label, index) => value(label, String(4242 * (index + 1)))) },
    {
      title: 'Network Port Information',
      rows: [
        'RxtotalPkt',
        'Rxmulticast',
        'Rxbroadcast',
        'TxtotalGoodPkt',
        'LLDP FramesOutTotal',
        'CDP Neighbor DeviceId',
        'CDP Neighbor IP Address',
        'Port Speed',
      ].map((label) => value(label, '0')),
    },
  ];
}
