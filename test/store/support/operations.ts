import type { Operation } from '../../../src/store/write/entry.js';

/** An operation in a few words. */
export function inWords(operation: Operation): string {
  switch (operation.kind) {
    case 'target':
      return `target ${operation.row.key} ${operation.row.state}`;
    case 'event':
      return `event ${operation.row.event}`;
    case 'deferral':
      return `deferral ${operation.mac}`;
    case 'waves':
    case 'progress':
    case 'duration':
      return operation.kind;
  }
}
