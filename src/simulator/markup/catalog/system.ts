import type { CatalogSection } from '../form-field.js';

/** Voice > System. */
export const SYSTEM_SECTIONS: readonly CatalogSection[] = [
  {
    title: 'System Configuration',
    fields: [
      'Restricted Access Domains',
      'Enable Web Server?1',
      'Enable Protocol{Http|Https}=Http',
      'Enable Direct Action Url?1',
      'Session Max Timeout=3600',
      'Session Idle Timeout=3600',
      'Web Server Port=80',
      'Enable Web Admin Access?1',
      'Admin Password*',
      'User Password*',
      'Phone-UI-User-Mode?0',
      'User Password Prompt?1',
    ],
  },
  {
    title: 'Power Settings',
    fields: ['PoE Power Required{Normal|Maximum}=Normal', 'PoE Negotiation?1'],
  },
  {
    title: 'Network Settings',
    fields: ['IP Mode{Dual Mode|IPv4 Only|IPv6 Only}=IPv4 Only', 'Domain Name Filter'],
  },
  {
    title: 'IPv4 Settings',
    fields: ['Connection Type{DHCP|Static IP}=DHCP', 'NetMask', 'Static IP', 'Gateway', 'Primary DNS', 'Secondary DNS'],
  },
  {
    title: 'IPv6 Settings',
    fields: [
      'IPv6 Connection Type{DHCP|Static IP}=DHCP',
      'IPv6 Static IP',
      'Prefix Length=1',
      'IPv6 Gateway',
      'Broadcast Echo?0',
      'Auto Config?1',
    ],
  },
  {
    title: '802.1X Authentication',
    fields: ['Enable 802.1X Authentication?0'],
  },
  {
    title: 'Optional Network Configuration',
    fields: [
      'Host Name',
      'Domain',
      'DNS Server Order{Manual|Manual,Dhcp|Dhcp,Manual}=Manual,Dhcp',
      'DNS Query Mode{Parallel|Sequential}=Parallel',
      'DNS Caching Enable?1',
      'Switch Port Config{AUTO|10 HALF|10 FULL|100 HALF|100 FULL}=AUTO',
      'PC Port Config{AUTO|10 HALF|10 FULL|100 HALF|100 FULL}=AUTO',
      'PC PORT Enable?1',
      'Enable PC Port Mirror?0',
      'Syslog Server',
      'Syslog Identifier{None|$MA|$MAU|$MAC|$SN}=None',
      'Debug Level{EMERGENCY|ALERT|CRITICAL|ERROR|WARNING|NOTICE|INFO|DEBUG}=NOTICE',
      'Primary NTP Server',
      'Secondary NTP Server',
      'Enable SSLv3?0',
      'Use Config TOS?0',
    ],
  },
  {
    title: 'VLAN Settings',
    fields: [
      'Enable VLAN?0',
      'Enable CDP?1',
      'Enable LLDP-MED?1',
      'Network Startup Delay=3',
      'VLAN ID=1',
      'PC Port VLAN ID=1',
      'DHCP VLAN Option',
    ],
  },
  {
    title: 'Inventory Settings',
    fields: ['Asset ID'],
  },
];
