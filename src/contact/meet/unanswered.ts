import { failure, isFailureCode } from '../../domain/failures/failure-codes.js';
import type { Failure } from '../../domain/failures/failure.js';
import { sentence } from '../../domain/text/error-reason.js';
import type { PortLook } from '../../transport/session/port-look.js';
import type { RecordedExchange } from './encounter.js';

/** All ports that were tried failed: a refusal tells more than silence. */
export function failureOfPorts(ports: readonly PortLook[]): Failure {
  const failures = ports.flatMap((port) => port.failure ?? []);
  return told(failures.find(({ code }) => code === 'connect-refused') ?? failures[0]);
}

/** No page ever came: what became of the requests to ports that are open tells more than ports that are not. */
export function failureWithoutPage(ports: readonly PortLook[], exchanges: readonly RecordedExchange[]): Failure {
  const isOpen = ({ endpoint }: RecordedExchange): boolean =>
    ports.some((port) => port.failure === null && port.endpoint.port === endpoint.port);
  const last = exchanges.findLast((exchange) => exchange.failure !== null && isOpen(exchange))?.failure;
  return last ? told(last) : failureOfPorts(ports);
}

function told(trouble: { code: string; message: string } | undefined): Failure {
  if (!trouble) return failure('connect-timeout');
  return failure(isFailureCode(trouble.code) ? trouble.code : 'internal-error', sentence(trouble.message));
}
