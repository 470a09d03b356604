/**
 * Where a form posts to, as a path on the phone that its page came from; `null` for one that leads to another host, scheme or port.
 * @param origin where the phone is spoken to: a form may name its own address
 */
export function formTarget(action: string, pagePath: string, origin: string): string | null {
  const base = new URL(pagePath, origin);
  const target = URL.canParse(action, base.href) ? new URL(action, base) : null;
  return target?.origin === base.origin ? target.pathname + target.search : null;
}
