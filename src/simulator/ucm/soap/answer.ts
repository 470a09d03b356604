import { envelope, escapeXml, leaf } from './write.js';

/** An answer of a web service, before the faults of the network are applied. */
export interface UcmAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

const XML = { 'Content-Type': 'text/xml;charset=UTF-8' };

/** A SOAP answer. */
export function soapAnswer(body: string): UcmAnswer {
  return { status: 200, headers: XML, body: envelope(body) };
}

/** Why AXL refuses a request (docs/knowledge/unified-cm.md#throttling-and-faults). */
export class AxlFault extends Error {
  constructor(
    readonly axlCode: number,
    message: string,
    /** `Client` only for what the database itself refuses as a key. */
    readonly side: 'Client' | 'Server' = 'Server',
  ) {
    super(message);
  }
}

/** A fault as AXL sends it, with status 500. `request`: the operation. */
export function axlFault({ axlCode, message, side }: AxlFault, request: string): UcmAnswer {
  const text = escapeXml(message);
  const body =
    `<soapenv:Fault><faultcode>soapenv:${side}</faultcode><faultstring>${text}</faultstring><detail>` +
    `<axlError><axlcode>${axlCode}</axlcode><axlmessage>${text}</axlmessage>${leaf('request', request)}</axlError>` +
    '</detail></soapenv:Fault>';
  return { status: 500, headers: XML, body: envelope(body) };
}

/** A fault of the services beside AXL, with status 500. */
export function serviceFault(text: string): UcmAnswer {
  const body =
    '<soapenv:Fault><faultcode>soapenv:Server.generalException</faultcode>' +
    `<faultstring>${escapeXml(text)}</faultstring><detail/></soapenv:Fault>`;
  return { status: 500, headers: XML, body: envelope(body) };
}

/** A refusal by the web server itself: HTML, not SOAP. */
export function htmlAnswer(status: number, reason: string, headers: Readonly<Record<string, string>> = {}): UcmAnswer {
  const title = `HTTP Status ${status} – ${reason}`;
  return {
    status,
    headers: { 'Content-Type': 'text/html;charset=utf-8', ...headers },
    body: `<!doctype html><html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
  };
}
