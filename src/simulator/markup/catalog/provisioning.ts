import type { CatalogSection } from '../form-field.js';

const LETTERS = Array.from('ABCDEFGHIJKLMNOP');

/** Voice > Provisioning, but for Firmware Upgrade, which comes after the second section here. */
export const PROVISIONING_SECTIONS: readonly CatalogSection[] = [
  {
    title: 'Configuration Profile',
    fields: [
      'Provision Enable?1',
      'Resync On Reset?1',
      'Resync Random Delay=2',
      'Resync At (HHmm)',
      'Resync At Random Delay=600',
      'Resync Periodic=3600',
      'Resync Error Retry Delay=3600',
      'Forced Resync Delay=14400',
      'Resync From SIP?1',
      'Resync After Upgrade Attempt?1',
      'Resync Trigger 1',
      'Resync Trigger 2',
      'User Configurable Resync?1',
      'Resync Fails On FNF?1',
      'Profile Authentication Type{Disabled|Basic Http Authentication|XSI Authentication}=Basic Http Authentication',
      'Profile Rule=/$PSN.xml',
      'Profile Rule B',
      'Profile Rule C',
      'Profile Rule D',
      'DHCP Option To Use=66,160,159,150,60,43,125',
      'DHCPv6 Option To Use=17,160,159',
      'Log Request Msg=$PN $MAC -- Requesting resync $SCHEME://$SERVIP:$PORT$PATH',
      'Log Success Msg=$PN $MAC -- Successful resync $SCHEME://$SERVIP:$PORT$PATH',
      'Log Failure Msg=$PN $MAC -- Resync failed: $ERR',
      'HTTP Report Method{POST|PUT}=POST',
      'Profile Account Enable?0',
    ],
  },
  {
    title: 'Upload Configuration Options',
    fields: [
      'Report Rule',
      'HTTP Report Method 2{POST|PUT}=POST',
      'Report to Server{On Request|On Local Change|Periodically}=On Request',
      'Periodic Upload to Server=3600',
      'Upload Delay On Local Change=60',
    ],
  },
  {
    title: 'CA Settings',
    fields: ['Custom CA Rule'],
  },
  {
    title: 'HTTP Settings',
    fields: ['HTTP User Agent Name=$VERSION'],
  },
  {
    title: 'Problem Report Tool',
    fields: ['PRT Upload Rule', 'PRT Upload Method{POST|PUT}=POST', 'PRT Max Timer', 'PRT Name'],
  },
  {
    title: 'General Purpose Parameters',
    fields: LETTERS.map((letter) => `GPP ${letter}`),
  },
];

/** The section that matters (docs/knowledge/multiplatform-pages.md#tabs-and-buttons): what every firmware has. */
export const FIRMWARE_UPGRADE: CatalogSection = {
  title: 'Firmware Upgrade',
  fields: [
    'Upgrade Enable?1',
    'Upgrade Error Retry Delay=3600',
    'Upgrade Rule',
    'Log Upgrade Request Msg=$PN $MAC -- Requesting upgrade $SCHEME://$SERVIP:$PORT$PATH',
    'Log Upgrade Success Msg=$PN $MAC -- Successful upgrade $SCHEME://$SERVIP:$PORT$PATH -- $ERR',
    'Log Upgrade Failure Msg=$PN $MAC -- Upgrade failed: $ERR',
    'Peer Firmware Sharing?1',
    'Peer Firmware Sharing Log Server',
  ],
};
