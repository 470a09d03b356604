const compiled = new Map<string, RegExp>();

/** Whether a text matches one of a profile's patterns; case does not matter. */
export function matchesAny(text: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    let regex = compiled.get(pattern);
    if (!regex) compiled.set(pattern, (regex = new RegExp(pattern, 'i')));
    return regex.test(text);
  });
}
