import { printable } from '../../domain/text/printable.js';
import { alignColumns, utcMinute } from '../plain-text.js';

/** A service of a node, as far as it is shown. */
interface Service {
  node: string;
  name: string;
  status: string | null;
  startedAt: number | null;
}

/** The services of nodes for people, with since when each runs. */
export function renderServices(services: readonly Service[]): string {
  const rows = services.map(({ node, name, status, startedAt }) => [
    printable(node, 100),
    printable(name, 60),
    printable(status ?? 'unknown', 60),
    startedAt === null ? 'unknown' : utcMinute(new Date(startedAt).toISOString()),
  ]);
  return [...alignColumns([['node', 'service', 'status', 'started'], ...rows]), ''].join('\n');
}
