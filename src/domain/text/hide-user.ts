/** `https://user:word@host` as `https://[secret]@host`. */
export function hideUserInUrl(text: string): string {
  return text.replace(/^([A-Za-z][A-Za-z0-9+.-]*:\/\/)[^/@\s]*@/, '$1[secret]@');
}
