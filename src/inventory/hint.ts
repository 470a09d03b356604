import type { TargetHint } from './target.js';

/** A hint with what another row says of the same phone: the first one's values win, and where the others are from is kept. */
export function withMore(first: TargetHint, more: TargetHint, source: string): TargetHint {
  const { from: fromOfMore, ...values } = more;
  const { from: fromOfFirst, ...wins } = first;
  const from: Record<string, string> = { ...fromOfFirst };
  for (const name of Object.keys(values) as (keyof typeof values)[])
    if (wins[name] === undefined) from[name] = fromOfMore?.[name] ?? source;
  return { ...values, ...wins, ...(Object.keys(from).length === 0 ? {} : { from }) };
}
