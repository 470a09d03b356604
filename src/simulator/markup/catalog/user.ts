import type { CatalogSection } from '../form-field.js';

/** Voice > User. */
export const USER_SECTIONS: readonly CatalogSection[] = [
  {
    title: 'Call Forward',
    fields: ['Cfwd Setting?0', 'Cfwd All Dest', 'Cfwd Busy Dest', 'Cfwd No Ans Dest', 'Cfwd No Ans Delay=20'],
  },
  {
    title: 'Speed Dial',
    fields: Array.from({ length: 8 }, (_, index) => [
      `Speed Dial ${index + 2} Name`,
      `Speed Dial ${index + 2} Number`,
    ]).flat(),
  },
  {
    title: 'Supplementary Services',
    fields: [
      'CW Setting?1',
      'Block CID Setting?0',
      'Block ANC Setting?0',
      'DND Setting?0',
      'Secure Call Setting?0',
      'Auto Answer Page?1',
      'Preferred Audio Device{None|Speaker|Headset}=None',
      'Time Format{12hr|24hr}=12hr',
      'Date Format{month/day|day/month}=month/day',
      'Miss Call Shortcut?0',
      'Alert Tone Off?0',
      'Hold Reminder Timer=0',
      'Logo Type{Default|Download Picture|Text Logo}=Default',
      'Log Missed Calls for EXT 1?1',
    ],
  },
  {
    title: 'Audio Volume',
    fields: [
      'Ringer Volume=9',
      'Speaker Volume=11',
      'Handset Volume=10',
      'Headset Volume=10',
      'Electronic HookSwitch Control?0',
    ],
  },
  {
    title: 'Screen',
    fields: [
      'Screen Saver Enable?0',
      'Screen Saver Type{Clock|Download Picture|Logo}=Clock',
      'Screen Saver Wait=300',
      'Picture Download URL',
      'Back Light Enable?1',
      'Back Light Timer(sec){10s|20s|30s|1m|5m|30m|Always On}=30s',
      'Boot Display{Default|Download Picture|Logo|Text}=Default',
    ],
  },
  {
    title: 'Video Configuration',
    fields: ['Video?1', 'Bandwidth Allowance{Auto|2 Mbps|1 Mbps|750 Kbps|500 Kbps|250 Kbps}=Auto'],
  },
];
