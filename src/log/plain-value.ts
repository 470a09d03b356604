import { isSecretName, redacted, redactText } from './redact.js';

/** How deep and how wide a field is followed, so that logging a big object by mistake stays cheap. */
const deepest = 6;
const widest = 100;

/**
 * A field's value as plain data for output: secrets redacted at every depth, errors as name, code, message and cause (with their stack
 * if asked), dates as ISO text, circles and depth cut. Never throws, whatever it is given.
 */
export function plainValue(value: unknown, stacks = false): unknown {
  return plain(value, { stacks, above: [] });
}

interface Walk {
  stacks: boolean;
  above: readonly object[];
}

function plain(value: unknown, walk: Walk): unknown {
  switch (typeof value) {
    case 'string':
      return redactText(value);
    case 'boolean':
    case 'undefined':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
    case 'symbol':
      return String(value);
    case 'function':
      return '[function]';
    case 'object':
      return value === null ? null : plainObject(value, walk);
  }
}

function plainObject(value: object, walk: Walk): unknown {
  if (walk.above.includes(value)) return '[circular]';
  if (walk.above.length >= deepest) return '[deeper]';
  const inner = { ...walk, above: [...walk.above, value] };
  try {
    if (isError(value)) return plainError(value, inner);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (value instanceof URL) return redactText(value.href);
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (value instanceof Map)
      return plainEntries(
        [...value].map(([key, item]) => [String(key), item]),
        inner,
      );
    if (Array.isArray(value) || value instanceof Set) return plainList([...value], inner);
    return plainEntries(Object.entries(value), inner);
  } catch {
    // A getter that throws must not cost the line.
    return '[unreadable]';
  }
}

function plainEntries(entries: [string, unknown][], walk: Walk): Record<string, unknown> {
  const shown = entries
    .slice(0, widest)
    .map(([key, item]) => [redactText(key), isSecretName(key) ? redacted : plain(item, walk)]);
  if (entries.length > widest) shown.push(['…', `${entries.length - widest} more`]);
  return Object.fromEntries(shown) as Record<string, unknown>;
}

function plainList(items: unknown[], walk: Walk): unknown[] {
  // A header list goes name, value, name, value: what follows a secret's name is the secret.
  const shown = items.slice(0, widest).map((item, index, all) => {
    const before = all[index - 1];
    return typeof before === 'string' && isSecretName(before) ? redacted : plain(item, walk);
  });
  return items.length > widest ? [...shown, `… ${items.length - widest} more`] : shown;
}

function plainError(error: Error, walk: Walk): Record<string, unknown> {
  // A thrown value may carry anything under these names.
  const { name, message, stack, cause } = error as {
    name: unknown;
    message: unknown;
    stack?: unknown;
    cause?: unknown;
  };
  const code = 'code' in error ? error.code : undefined;
  return {
    name: String(name),
    ...(code === undefined ? {} : { code: plain(code, walk) }),
    message: redactText(String(message)),
    ...(cause === undefined ? {} : { cause: plain(cause, walk) }),
    ...(walk.stacks && typeof stack === 'string' ? { stack: redactText(stack) } : {}),
  };
}

/** Also true for errors of another realm, for which `instanceof` is not. */
function isError(value: object): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}
