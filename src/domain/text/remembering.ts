import { detach } from './detach.js';

/** What phones show is mostly the same on all of a model: so many texts (and so long ones) are remembered. */
const [mostRemembered, longestRemembered] = [500, 200];

/** What is found out about a text, found out once for all phones that show the same. */
export function remembering<T>(findOut: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (text.length > longestRemembered) return findOut(text);
    if (known.has(text)) return known.get(text) as T;
    const found = findOut(text);
    // Texts that only one phone shows, or a hostile one's, must not keep the next model's out.
    if (known.size >= mostRemembered) known.clear();
    known.set(detach(text), found);
    return found;
  };
}

/** What is made of a thing, made once for each. */
export function madeOnce<Of extends object, T extends object>(make: (of: Of) => T): (of: Of) => T {
  const made = new WeakMap<Of, T>();
  return (of) => {
    const known = made.get(of) ?? make(of);
    made.set(of, known);
    return known;
  };
}
