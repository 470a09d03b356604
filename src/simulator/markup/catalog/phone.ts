import type { CatalogSection } from '../form-field.js';

const RINGS = [
  'Sunlight',
  'Chirp 1',
  'Chirp 2',
  'Delight',
  'Evolve',
  'Mellow',
  'Mischief',
  'Reflections',
  'Ringer',
  'Sunshine',
  'Thrill',
  'Time Traveler',
  'Are You There',
];
const SOFT_KEYS = [
  ['Idle Key List', 'em_login;acd_login;redial|1;lcr|2;dir|3;cfwd|4;dnd|5;gpickup|6;unpark'],
  ['Hotel Guest Idle Key List', 'em_logout;redial'],
  ['Missed Call Key List', 'lcr|1;back|2;call|3;miss|4'],
  ['Off Hook Key List', 'option;redial;cancel;dir;cfwd;dnd;lcr;unpark;pickup;gpickup'],
  ['Dialing Input Key List', 'option;call|2;delchar|3;cancel|4;left|5;right|6'],
  ['Progressing Key List', 'endcall|2'],
  ['Connected Key List', 'hold|1;endcall|2;conf|3;xfer|4;bxfer;confLx;xferLx;park;phold'],
  ['Start-Xfer Key List', 'endcall|2;xfer|3'],
  ['Start-Conf Key List', 'endcall|2;conf|3'],
  ['Conferencing Key List', 'endcall;join|4'],
  ['Releasing Key List', 'endcall|2'],
  ['Hold Key List', 'resume|1;endcall|2;newcall|3;redial;dir;cfwd;dnd'],
  ['Ringing Key List', 'answer|1;ignore|2'],
  ['Shared Active Key List', 'newcall|1;barge|2;cfwd|3;dnd|4'],
  ['Shared Held Key List', 'resume|1;barge|2;cfwd|3;dnd|4'],
];

/** Voice > Phone; it has a section for each line key. */
export function phoneSections(lines: number): CatalogSection[] {
  return [
    {
      title: 'General',
      fields: [
        'Station Name',
        'Station Display Name',
        'Voice Mail Number',
        'Phone-Background{Default|Logo|Text|None}=Default',
        'Select Logo{Default|Download Picture|Text|None}=Default',
        'Picture Download URL',
        'Text Logo',
        'Bluetooth Mode{Phone|Handsfree|Both}=Phone',
        'Line',
      ],
    },
    ...Array.from({ length: lines }, (_, index) => lineKey(index + 1, lines)),
    {
      title: 'Miscellaneous Line Key Settings',
      fields: [
        'Line ID Mapping{Horizontal First|Vertical First}=Horizontal First',
        'SCA Barge-In-Enable?0',
        'SCA Sticky Auto Line Seize?0',
        'Call Appearances Per Line{2|3|4|5|6|7|8|9|10}=2',
      ],
    },
    {
      title: 'Supplementary Services',
      fields: [
        'Conference Serv?1',
        'Attn Transfer Serv?1',
        'Blind Transfer Serv?1',
        'DND Serv?1',
        'Block ANC Serv?1',
        'Block CID Serv?1',
        'Secure Call Serv?1',
        'Cfwd All Serv?1',
        'Cfwd Busy Serv?1',
        'Cfwd No Ans Serv?1',
        'Paging Serv?1',
        'Call Park Serv?1',
        'Call Pick Up Serv?1',
        'ACD Login Serv?0',
        'Group Call Pick Up Serv?1',
        'Service Annc Serv?0',
        'Video Serv?1',
        'Reverse Phone Lookup Serv?1',
      ],
    },
    {
      title: 'Ringtone',
      fields: [
        ...RINGS.map((ring, index) => `Ring${index + 1}=n=${ring};w=file://${ring.replaceAll(' ', '')}.rwb;c=1`),
        'Silent Ring Duration=60',
      ],
    },
    {
      title: 'Extension Mobility',
      fields: [
        'EM Enable?0',
        'EM User Domain',
        'Session Timer(m)=480',
        'Countdown Timer(s)=10',
        'Preferred Password Input Mode{Alphanumeric|Numeric}=Alphanumeric',
      ],
    },
    {
      title: 'XSI Phone Service',
      fields: [
        'XSI Host Server',
        'XSI Authentication Type{Login Credentials|SIP Credentials}=Login Credentials',
        'Login User ID',
        'Login Password*',
        'Directory Enable?0',
        'Directory Name',
        'Directory Type{Enterprise|Group|Personal|Enterprise Common|Group Common}=Enterprise',
        'CallLog Enable?0',
        'Display Recents From{Phone|Server}=Phone',
      ],
    },
    {
      title: 'Broadsoft XMPP',
      fields: [
        'XMPP Enable?0',
        'XMPP Server',
        'XMPP Port=5222',
        'XMPP User ID',
        'XMPP Password*',
        'Login Invisible?0',
        'Retry Intvl=30',
      ],
    },
    {
      title: 'XML Service',
      fields: [
        'XML Directory Service Name',
        'XML Directory Service URL',
        'XML Application Service Name',
        'XML Application Service URL',
        'XML User Name',
        'XML Password*',
        'CISCO XML EXE Enable?0',
        'CISCO XML EXE Auth Mode{Trusted|Local Credential|Remote Credential}=Trusted',
      ],
    },
    {
      title: 'Multiple Paging Group Parameters',
      fields: Array.from({ length: 10 }, (_, index) => `Group ${index + 1} Paging Script`),
    },
    {
      title: 'LDAP',
      fields: [
        'LDAP Dir Enable?0',
        'Corp Dir Name',
        'LDAP Server',
        'Search Base',
        'Client DN',
        'LDAP Username',
        'LDAP Password*',
        'Auth Method{None|Simple|DIGEST-MD5}=None',
        'Last Name Filter',
        'First Name Filter',
        'Search Item 3',
        'Search Item 3 Filter',
        'Search Item 4',
        'Search Item 4 Filter',
        'Display Attrs',
        'Number Mapping',
      ],
    },
    {
      title: 'Programmable Softkeys',
      fields: [
        'Programmable Softkey Enable?0',
        ...SOFT_KEYS.map(([label, keys]) => `${label}=${keys}`),
        ...Array.from({ length: 16 }, (_, index) => `PSK ${index + 1}`),
      ],
    },
  ];
}

function lineKey(number: number, lines: number): CatalogSection {
  const extensions = ['Disabled', ...Array.from({ length: lines }, (_, index) => String(index + 1))];
  return {
    title: `Line Key ${number}`,
    fields: [
      `Extension{${extensions.join('|')}}=${number}`,
      'Short Name=$USER',
      'Share Call Appearance{private|shared}=private',
      'Extended Function',
    ],
  };
}
