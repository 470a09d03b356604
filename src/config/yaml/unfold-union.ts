import type * as z from 'zod';

/**
 * For a union with a wrong part inside one of its shapes, the issue about that part: it helps more than "none of these
 * shapes". Any other issue is returned unchanged.
 */
export function unfoldUnion(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const inside = issue.errors.find((branch) => branch.some(({ path }) => path.length > 0));
  if (!inside) return [issue];
  return inside.map((part) => ({ ...part, path: [...issue.path, ...part.path] })).flatMap(unfoldUnion);
}
