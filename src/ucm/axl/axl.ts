import { UcmError } from '../ucm.js';
import { childOf, type Element } from '../soap/element.js';
import type { Fault } from '../soap/reply.js';
import type { SoapService } from '../soap/service.js';

/** What an operation of AXL returned. */
export type AxlAnswer =
  | { kind: 'done'; result: Element; xml: string }
  | { kind: 'fault'; fault: Fault }
  /** The result would be too large; so many rows fit. */
  | { kind: 'too-large'; rows: number };

/** The database of a cluster, through its publisher. */
export class Axl {
  /** @param schema which version of the interface to speak, such as `14.0` */
  constructor(
    private readonly service: SoapService,
    private readonly schema: () => Promise<string>,
  ) {}

  /** Host and port, for sentences. */
  get host(): string {
    return this.service.url.host;
  }

  /**
   * @param inner the elements of the operation, in the schema's order
   * @param kind `change`: it is never sent again once it may have arrived
   * @throws UcmError
   */
  async call(operation: string, inner: string, kind: 'read' | 'change' = 'read'): Promise<AxlAnswer> {
    const schema = await this.schema();
    const changes = kind === 'change';
    const reply = await this.service.ask({
      operation,
      action: `"CUCM:DB ver=${schema} ${operation}"`,
      envelope: envelope(schema, operation, inner),
      changes,
    });
    if (reply.kind !== 'body') return reply;
    const response = childOf(reply.body, `${operation}Response`);
    const result = response?.children.find(({ name }) => name === 'return');
    if (result) return { kind: 'done', result, xml: reply.xml };
    throw this.unreadable(operation, 'has no result', !changes);
  }

  /** Why an answer cannot be used. */
  unreadable(operation: string, why: string, nothingChanged = true): UcmError {
    const changed = nothingChanged ? '' : ' Whether the change was made is not known.';
    const message = `The answer of Unified CM at ${this.host} to ${operation} ${why}.${changed}`;
    return new UcmError('ucm-unreadable', message, nothingChanged);
  }

  /** A fault, as what it means for who asked. */
  refused(operation: string, { text, code }: Fault): UcmError {
    const shownCode = code === null ? '' : ` (code ${code})`;
    return new UcmError('ucm-refused', `Unified CM at ${this.host} refused ${operation}: ${text}${shownCode}.`, true);
  }

  /** A result that should have been smaller, where less cannot be asked for. */
  tooLarge(operation: string): UcmError {
    return new UcmError('ucm-refused', `Unified CM at ${this.host} calls the result of ${operation} too large.`, true);
  }
}

function envelope(schema: string, operation: string, inner: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' +
    ` xmlns:ns="http://www.cisco.com/AXL/API/${schema}"><soapenv:Header/><soapenv:Body>` +
    `<ns:${operation}>${inner}</ns:${operation}></soapenv:Body></soapenv:Envelope>`
  );
}
