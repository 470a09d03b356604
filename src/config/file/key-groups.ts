/** The group of keys at a key of a group; an empty one when there is none. */
export function groupAt(group: unknown, key: string): Record<string, unknown> {
  const groups = asGroup(group);
  return Object.hasOwn(groups, key) ? asGroup(groups[key]) : {};
}

/** A group of keys as it is, anything else as an empty one. */
export function asGroup(value: unknown): Record<string, unknown> {
  return isGroup(value) ? value : {};
}

/** True for a group of keys, as opposed to a list or a value. */
export function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
