/** The envelope of the services beside AXL, whose elements all have the prefix `soap`. */
export function soapEnvelope(body: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
    ' xmlns:soap="http://schemas.cisco.com/ast/soap"><soapenv:Header/>' +
    `<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
  );
}
