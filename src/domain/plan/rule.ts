/** Fills a rule template: `{files}` the file server, `{load}` the load's name. */
export function ruleFrom(template: string | null, files: string | null, load: string | null): string | null {
  if (template === null) return null;
  const values: Record<string, string> = { '{files}': (files ?? '').replace(/\/+$/, ''), '{load}': load ?? '' };
  // In one pass and by a function, so that nothing in an address acts as a template or a replacement pattern.
  return template.replace(/\{files\}|\{load\}/g, (name) => values[name] ?? name);
}
