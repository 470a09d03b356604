/** Shorter ones would black out words that are no secret. */
const shortest = 4;

/** What replaces a secret that somebody has repeated to us. */
const removed = '[redacted]';

/** A text of a server without the secrets that it was sent, as some repeat what they refuse. Before it is cut: a part of a secret is one, too. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= shortest)
    .sort((a, b) => b.length - a.length)
    .reduce((left, secret) => left.replaceAll(secret, removed), text);
}

/** What a mail server is sent, as it is and as it looks on the way (AUTH LOGIN and AUTH PLAIN). */
export function secretsOfMail(credentials: { username: string; password: () => string } | null): string[] {
  if (credentials === null) return [];
  const { username } = credentials;
  const password = credentials.password();
  const plain = [`\0${username}\0${password}`, `${username}\0${username}\0${password}`];
  return [password, ...[password, ...plain].map(base64)];
}

/** What of a URL may be secret: its password, and parts of its path and its query that are long enough for it. */
export function secretsOfUrl(url: URL): string[] {
  const { username, password, pathname, search, searchParams } = url;
  const decoded = [username, password].map(decodeURIComponent);
  const long = [...pathname.split('/'), ...searchParams.values()].filter((part) => part.length >= 8);
  return [password, ...decoded.slice(1), base64(decoded.join(':')), search.slice(1), ...long];
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
