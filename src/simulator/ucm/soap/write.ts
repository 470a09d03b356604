/** A text as it stands in XML. Characters that XML cannot hold are left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** An element with a text; one without is written as empty. */
export function leaf(name: string, text: string | number, attributes = ''): string {
  const opened = attributes === '' ? name : `${name} ${attributes}`;
  return text === '' ? `<${opened}/>` : `<${opened}>${escapeXml(String(text))}</${name}>`;
}

/** A SOAP 1.1 envelope around a body. */
export function envelope(body: string): string {
  return (
    "<?xml version='1.0' encoding='UTF-8'?>" +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>' +
    `${body}</soapenv:Body></soapenv:Envelope>`
  );
}
