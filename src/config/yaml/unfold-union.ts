import type * as z from 'zod';

/**
 * Where one of several shapes was expected and a part inside of one of them is wrong, the complaint about that part: it
 * helps more than "none of these shapes". Any other issue is answered as it is.
 */
export function unfoldUnion(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const inside = issue.errors.find((branch) => branch.some(({ path }) => path.length > 0));
  if (!inside) return [issue];
  return inside.map((part) => ({ ...part, path: [...issue.path, ...part.path] })).flatMap(unfoldUnion);
}
