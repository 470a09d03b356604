import { hashText } from '../random.js';

/** Forty hex digits that follow from a text: nonces, cookies and tokens, different on every phone and the same on every run. */
export function fortyHex(seed: string): string {
  return [1, 2, 3, 4, 5].map((part) => hashText(`${seed} ${part}`).toString(16).padStart(8, '0')).join('');
}

/** Puts a value into a list that keeps only the newest four. */
export function rememberFew(list: string[], value: string): void {
  list.push(value);
  if (list.length > 4) list.shift();
}
