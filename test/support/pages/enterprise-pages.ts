/** Device pages of Enterprise phones as docs/knowledge/enterprise-pages.md describes them, for the tests of the readers. */
export interface DevicePageOptions {
  /** A cell without text between label and value; the 7841 has none. */
  spacer?: boolean;
  /** Write `-` and `/` as character references, as newer firmware does. */
  references?: boolean;
  product?: string;
  mac?: string;
  hostName?: string;
  /** Replaces labels, by the English one. */
  labels?: Readonly<Record<string, string>>;
  /** Lines of the UDI, `null` for a page without. */
  udi?: readonly string[] | null;
  banner?: string;
}

export const device8845 = {
  mac: '74A02FC0D9F4',
  productId: 'CP-8845',
  vid: 'V00',
  serial: 'PUC193808O5',
  softwareVersion: 'sip8845_65.14-3-1-0201-246',
  hardwareRevision: 'V01',
  phoneDn: '1042',
};

export function devicePage({
  spacer = true,
  references = false,
  product = device8845.productId,
  mac = device8845.mac,
  hostName = `SEP${mac}`,
  labels = {},
  udi = ['phone', 'Cisco IP Phone 8845, Global', product, 'V00', device8845.serial],
  banner = `Cisco IP Phone ${product} ( ${hostName} )`,
}: DevicePageOptions = {}): string {
  const text = (shown: string): string =>
    references ? shown.replaceAll('-', '&#x2D;').replaceAll('/', '&#x2F;') : shown;
  const row = (label: string, value: string): string =>
    `<TR><TD><B> ${text(labels[label] ?? label)}</B></TD>${spacer ? '<td width=20></TD>' : ''}<TD><B>${text(value)}</B></TD></TR>`;
  const rows = [
    row('Service mode', 'On-premise'),
    row('Service domain', ''),
    row('Service state', 'Idle'),
    row('MAC address', mac),
    row('Host name', hostName),
    row('Phone DN', '1042'),
    row('App load ID', 'rootfs8845_65.14-3-1-0201-246'),
    row('Boot load ID', 'sb28845_65.BEV-01-020'),
    row('Version', 'sip8845_65.14-3-1-0201-246'),
    row('Hardware revision', 'V01'),
    row('Serial number', device8845.serial),
    row('Model number', product),
    row('Message waiting', 'No'),
    ...(udi ?? []).map((line, at) => row(at === 0 ? 'UDI' : '', line)),
    row('Time', '3:21:34pm'),
    row('Date', '07/12/26'),
  ];
  return (
    '<HTML><HEAD><TITLE>Cisco Systems, Inc.</TITLE></HEAD><BODY><TABLE BORDER="1"><TR><td ALIGN=center><A HREF="http://www.cisco.com">' +
    '<IMG SRC="/FS/Logo.png"></A></TD><td><p ALIGN=center><B><font color="#FFFFFF" size="6">Device information</FONT></B>' +
    `<p ALIGN=center><B><font size="4">${text(banner)}</FONT></FONT></B></TD></TR><TR><td VALIGN=top><TABLE><TR><TD>` +
    '<a href="/CGI/Java/Serviceability?adapter=device.statistics.device">Device information</A></TD></TR><TR><TD>' +
    '<a href="/CGI/Java/Serviceability?adapter=device.statistics.configuration">Network setup</A></TD><TR></TABLE></TD>' +
    `<td VALIGN=top><DIV ALIGN=center><TABLE>${rows.join('\n')}</TABLE></DIV></TD></TR></TABLE></BODY></HTML>`
  );
}

export const xml8845 = `<?xml version="1.0" encoding="UTF-8"?>
<DeviceInformation>
<MACAddress>74A02FC0D9F4</MACAddress><HostName>SEP74A02FC0D9F4</HostName><phoneDN>1042</phoneDN>
<appLoadID>rootfs8845_65.14-3-1-0201-246</appLoadID><bootLoadID>sb28845_65.BEV-01-020</bootLoadID>
<versionID>sip8845_65.14-3-1-0201-246</versionID><addonModule1></addonModule1><hardwareRevision>V01</hardwareRevision>
<serialNumber>PUC193808O5</serialNumber><modelNumber>CP-8845</modelNumber><MessageWaiting>No</MessageWaiting>
<udi>phone
Cisco IP Phone 8845, Global
CP-8845
V00
PUC193808O5
</udi><time>3:21:34pm</time></DeviceInformation>`;
