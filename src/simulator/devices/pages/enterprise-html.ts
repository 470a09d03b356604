import type { Device } from '../device.js';
import { enterpriseFacts } from './enterprise-facts.js';

/** Labels in the order of the languages: English 88xx style, German, Russian, French. The 78xx write English In Title Case. */
const LABELS = {
  serviceMode: ['Service mode', 'Dienstmodus', 'Режим обслуживания', 'Mode de service'],
  mac: ['MAC address', 'MAC-Adresse', 'MAC-адрес', 'Adresse MAC'],
  host: ['Host name', 'Hostname', 'Имя хоста', 'Nom de l’hôte'],
  dn: ['Phone DN', 'Telefonnummer', 'Номер телефона', 'Numéro de téléphone'],
  appLoad: ['App load ID', 'App-Lade-ID', 'ИД загрузки приложения', 'ID de chargement d’application'],
  bootLoad: ['Boot load ID', 'Boot-Lade-ID', 'ИД загрузки', 'ID de chargement d’amorçage'],
  version: ['Version', 'Version', 'Версия', 'Version'],
  hardware: ['Hardware revision', 'Hardware-Revision', 'Версия оборудования', 'Révision matérielle'],
  serial: ['Serial number', 'Seriennummer', 'Серийный номер', 'Numéro de série'],
  model: ['Model number', 'Modellnummer', 'Номер модели', 'Numéro de modèle'],
  waiting: ['Message waiting', 'Nachricht wartet', 'Ожидает сообщение', 'Message en attente'],
  udi: ['UDI', 'UDI', 'UDI', 'UDI'],
  time: ['Time', 'Uhrzeit', 'Время', 'Heure'],
  zone: ['Time zone', 'Zeitzone', 'Часовой пояс', 'Fuseau horaire'],
  date: ['Date', 'Datum', 'Дата', 'Date'],
  fips: ['FIPS mode enabled', 'FIPS-Modus aktiviert', 'Режим FIPS включен', 'Mode FIPS activé'],
  domain: ['Domain name', 'Domänenname', 'Имя домена', 'Nom de domaine'],
  dhcp: ['DHCP server', 'DHCP-Server', 'Сервер DHCP', 'Serveur DHCP'],
  ip: ['IP address', 'IP-Adresse', 'IP-адрес', 'Adresse IP'],
  mask: ['Subnet mask', 'Subnetzmaske', 'Маска подсети', 'Masque de sous-réseau'],
  router: ['Default router', 'Standardrouter', 'Маршрутизатор', 'Routeur par défaut'],
  tftp: ['TFTP server 1', 'TFTP-Server 1', 'TFTP-сервер 1', 'Serveur TFTP 1'],
  cucm: ['CUCM server1', 'CUCM-Server1', 'Сервер CUCM1', 'Serveur CUCM1'],
} as const satisfies Record<string, readonly [string, string, string, string]>;

type Label = keyof typeof LABELS;

/** The device page, row by row as captured from an 8845 (docs/knowledge/enterprise-pages.md#device-information). */
export function deviceHtml(device: Device): string {
  const facts = enterpriseFacts(device);
  const rows: [Label | '', string][] = [
    ['serviceMode', 'On-premise'],
    ['mac', facts.mac],
    ['host', facts.hostName],
    ['dn', facts.phoneDn],
    ['appLoad', facts.appLoadId],
    ['bootLoad', facts.bootLoadId],
    ['version', facts.versionId],
    ['hardware', facts.hardwareRevision],
    ['serial', facts.serial],
    ['model', facts.modelNumber],
    ['waiting', 'No'],
    // The lines of the UDI after the first have no label.
    ...facts.udi.map((line, index): [Label | '', string] => [index === 0 ? 'udi' : '', line]),
    ['time', '3:21:34pm'],
    ['zone', 'America/New_York'],
    ['date', '07/12/26'],
    ['fips', 'No'],
  ];
  return page(device, 'Device information', rows);
}

/** The network page. */
export function networkHtml(device: Device): string {
  const facts = enterpriseFacts(device);
  return page(device, 'Network setup', [
    ['mac', facts.mac],
    ['host', facts.hostName],
    ['domain', 'example.com'],
    ['dhcp', '192.0.2.1'],
    ['ip', device.address],
    ['mask', '255.255.255.0'],
    ['router', '192.0.2.1'],
    ['tftp', '192.0.2.70'],
    ['cucm', 'cucm1.example.com  Active'],
  ]);
}

function page(device: Device, title: string, rows: readonly (readonly [Label | '', string])[]): string {
  const facts = enterpriseFacts(device);
  const older = device.traits.loadFamily === 'sip78xx';
  const encode = (text: string): string =>
    device.behavior.entities ? text.replace(/-/g, '&#x2D;').replace(/\//g, '&#x2F;') : text;
  // The 7841 has two cells a row, all others a spacer between them (docs/knowledge/enterprise-pages.md#html).
  const inOneCell = device.behavior.udiRows === 'one-cell';
  const spacer = device.model === '7841' || inOneCell ? '' : '<td width=20></TD>';
  const language = ['en', 'de', 'ru', 'fr'].indexOf(device.behavior.locale);
  const labelText = (label: Label | ''): string => {
    const text = label === '' ? '' : (LABELS[label][language] ?? '');
    return older && language === 0 ? titleCase(text) : text;
  };
  const cells = rows.map(([label, value]) =>
    label === '' && inOneCell
      ? `<TR><TD><B>${encode(value)}</B></TD></TR>`
      : `<TR><TD><B> ${encode(labelText(label))}</B></TD>${spacer}<TD><B>${encode(value)}</B></TD></TR>`,
  );
  const name = older && language === 0 ? titleCase(title) : title;
  const links = LINKS.filter(([adapter]) => !(adapter === 'port.access' && /^(7832|8832)$/.test(device.model))).map(
    ([adapter, text]) =>
      `<TR>\n<TD>&nbsp;&nbsp;&nbsp;<a href="/CGI/Java/Serviceability?adapter=device.statistics.${adapter}">${text}</A></TD>`,
  );
  return `<HTML>
<HEAD><META http-equiv="Content-Type" content="text/html; charset=utf-8"><TITLE>Cisco Systems, Inc.</TITLE>
</HEAD><BODY bgcolor="#FFFFFF" link="#FFFFFF" vlink="#FFFFFF" alink="#FFFFFF" text="#003031"><TABLE BORDER="1" WIDTH="100%" HEIGHT="100%" CELLSPACING="0" CELLPADDING="0" bordercolor="#003031"><TR>
<td WIDTH="200" HEIGHT="100" ALIGN=center><A HREF="http://www.cisco.com"><IMG SRC="/FS/Logo.png"></A></TD><td HEIGHT="50" bgcolor="#003031"><p ALIGN=center><B><font color="#FFFFFF" size="6">${name}</FONT></B><p ALIGN=center><B><font color="#FFFFFF" size="4">Cisco ${older ? 'Unified ' : ''}IP Phone ${encode(facts.modelNumber)} ( ${facts.hostName} )</FONT></B></TD>
</TR>
<TR><td WIDTH="200" ALIGN=center VALIGN=top bgcolor="#003031"><TABLE BORDER="0" CELLSPACING="10" CELLPADDING="0">${links.join('')}</TABLE>
</TD>
<td VALIGN=top><DIV ALIGN=center>
<TABLE BORDER="0" CELLSPACING="10" CELLPADDING="0">${cells.join('')}</TABLE></DIV></TD></TR></TABLE></BODY></HTML>
`;
}

const LINKS = [
  ['device', 'Device information'],
  ['configuration', 'Network setup'],
  ['ethernet', 'Ethernet information'],
  ['port.access', 'Access'],
  ['port.network', 'Network'],
  ['consolelog', 'Console logs'],
  ['coredumps', 'Core dumps'],
  ['streaming.0', 'Stream 1 '],
] as const;

function titleCase(text: string): string {
  return text.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}
