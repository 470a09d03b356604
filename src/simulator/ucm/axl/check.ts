import { AxlFault } from '../soap/answer.js';
import { child, type RequestElement } from '../soap/read.js';
import { AXL_SCHEMAS, type AxlSchema, LISTED, SEARCHED } from './schemas.js';

/**
 * Holds a request to the schema: known elements, each once, in order, in no namespace.
 * @throws AxlFault - that AXL answers with another fault code than -1 here is not documented
 */
export function checkOperation(operation: RequestElement): AxlSchema {
  const schema = AXL_SCHEMAS[operation.name];
  if (schema === undefined || !Object.hasOwn(AXL_SCHEMAS, operation.name))
    throw new AxlFault(-1, `The endpoint reference (EPR) for the Operation not found: ${operation.name}`);
  let at = -1;
  for (const { name, namespace } of operation.children) {
    if (namespace !== '') throw new AxlFault(-1, `Unexpected subelement {${namespace}}${name}`);
    const slot = schema.slots.findIndex((names) => names.includes(name) && name !== '!');
    // Behind its place, a second time, beside what it excludes, or unknown: all the same to a reader of a sequence.
    if (slot <= at) throw new AxlFault(-1, `Unexpected subelement ${name}`);
    const skipped = schema.slots.slice(at + 1, slot).find((names) => names[0] === '!');
    if (skipped !== undefined) throw missing(skipped);
    at = slot;
  }
  const left = schema.slots.slice(at + 1).find((names) => names[0] === '!');
  if (left !== undefined) throw missing(left);
  checkSearch(operation);
  return schema;
}

function missing(names: readonly string[]): AxlFault {
  return new AxlFault(-1, `${names.slice(1).join(' or ')} cannot be null!!`);
}

function checkSearch(operation: RequestElement): void {
  const criteria = child(operation, 'searchCriteria');
  const searched = SEARCHED[operation.name] ?? [];
  const wrong = criteria?.children.find(({ name }) => !searched.includes(name));
  if (wrong !== undefined) throw new AxlFault(-1, `Unexpected subelement ${wrong.name}`);
  if (criteria?.children.length === 0) throw new AxlFault(-1, 'searchCriteria cannot be empty');
  if (operation.name !== 'listPhone') return;
  const tag = child(operation, 'returnedTags')?.children.find(({ name }) => !LISTED.includes(name));
  if (tag !== undefined) throw new AxlFault(-1, `Unexpected subelement ${tag.name}`);
}
