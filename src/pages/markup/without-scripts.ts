const start = /<script(?=[\s/>])/gi;
const end = /<\/script(?=[\s/>])/gi;

/** A page without what its scripts hold, in one pass, and how many there were. A script that does not end takes the rest with it. */
export function withoutScripts(html: string): { text: string; count: number } {
  const kept: string[] = [];
  let from = 0;
  for (let count = 0; ; count += 1) {
    start.lastIndex = from;
    const opens = start.exec(html);
    kept.push(html.slice(from, opens?.index ?? html.length));
    if (!opens) return { text: kept.join(''), count };
    end.lastIndex = opens.index;
    const closes = end.exec(html);
    const after = closes ? html.indexOf('>', closes.index) : -1;
    if (after < 0) return { text: kept.join(''), count: count + 1 };
    from = after + 1;
  }
}
