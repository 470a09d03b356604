/**
 * A rule or URL of a phone without what may be secret in it: a user and password before a host, and the values of the options `--key`,
 * `--uid`, `--pwd` in front of a rule (docs/knowledge/multiplatform-settings.md).
 */
export function hideSecrets(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^/@\s|\])]*@/gi, '$1[secret]@')
    .replace(/(--(?:key|uid|pwd|password|user|pass)[ =]+)[^\s\]]+/gi, '$1[secret]')
    .replace(/([?&;](?:x?user|x?password|pass|pwd|token|key|sid|session)[a-z_]*=)[^&\s|\])]+/gi, '$1[secret]');
}

/** A path for people: long values in its query are left out, for they may be tokens. */
export function shownPath(path: string): string {
  return hideSecrets(path).replace(/=([^&=]{24,})/g, (whole, value: string) =>
    /^[a-z.]+$/i.test(value) ? whole : `=[${value.length} characters]`,
  );
}
