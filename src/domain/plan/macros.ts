import type { ShownFields } from '../phone/fields.js';

/**
 * Expands macros in a phone's upgrade rule and license rule as the phone does, so that the preflight fetches
 * what the phone will fetch (docs/knowledge/multiplatform-settings.md#rules-and-macros).
 */

const GENERAL_PURPOSE = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P'] as const;

const NAMES = [
  ...['MA', 'MAU', 'MAC', 'PN', 'PSN', 'SN', 'CCERT', 'IP', 'EXTIP', 'SWVER', 'HWVER'],
  ...['PRVST', 'UPGST', 'UPGERR', 'PRVTMR', 'UPGTMR', 'SCHEME', 'SERVIP', 'PORT', 'PATH', 'ERR'],
  ...['SA', 'SB', 'SC', 'SD'],
  ...GENERAL_PURPOSE,
] as const;

/**
 * Values by macro name without the dollar sign, e.g. `{ MAU: '00CCFC123456' }`. A missing name is one whose value is
 * unknown: it stays as written.
 */
export type MacroValues = Readonly<Record<string, string | undefined>>;

/** The facts of a phone that its macros show. */
export interface MacroFacts extends Pick<ShownFields, 'productId' | 'serial' | 'softwareVersion' | 'hardwareVersion'> {
  /** 12 hexadecimal digits without separators. */
  mac: string | null;
}

/** The macro values of one phone at its own IPv4 address. `$PSN` is the product name without `CP-`, e.g. `8841-3PCC`. */
export function phoneMacroValues(facts: MacroFacts, address: string): MacroValues {
  const mac = facts.mac ?? '';
  const lower = mac.toLowerCase();
  return {
    MA: lower,
    MAU: mac.toUpperCase(),
    MAC: lower.match(/../g)?.join(':') ?? lower,
    PN: facts.productId ?? undefined,
    PSN: facts.productId?.replace(/^CP-/i, ''),
    SN: facts.serial ?? undefined,
    SWVER: facts.softwareVersion ?? undefined,
    HWVER: facts.hardwareVersion ?? undefined,
    IP: address,
  };
}

// Longest first, so that `$MAU_M2E.lic` is the macro MAU followed by `_M2E.lic` and never MA followed by `U_M2E.lic`.
const BY_LENGTH = [...NAMES].sort((a, b) => b.length - a.length).join('|');
const MACRO = new RegExp(`\\$\\$|\\$\\((${BY_LENGTH})(?::(\\d{1,9})(?::(\\d{1,9}))?)?\\)|\\$(${BY_LENGTH})`, 'g');

/**
 * Expands `$NAME`, `$(NAME)`, `$(NAME:p)` and `$(NAME:p:q)`: from character offset `p`, `q` characters or up to the end.
 * Names are in upper case and the longest known one wins. An unknown name, a name without a value and the pair `$$` stay
 * as written. Expansion is not recursive: a dollar sign inside a value is plain text.
 */
export function expandMacros(text: string, values: MacroValues): string {
  return text.replace(
    MACRO,
    (written: string, inParentheses?: string, from?: string, length?: string, bare?: string) => {
      const value = valueOf(values, inParentheses ?? bare);
      if (value === undefined) return written;
      if (from === undefined) return value;
      const start = Number(from);
      return length === undefined ? value.slice(start) : value.slice(start, start + Number(length));
    },
  );
}

/**
 * The macros in `text` that the phone would expand and we cannot, as written and each once; also `$$`. If there are any,
 * the phone will request another URL, so fetching this one proves nothing.
 */
export function unexpandedMacros(text: string, values: MacroValues): string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(MACRO)) {
    if (valueOf(values, match[1] ?? match[4]) === undefined) found.add(match[0]);
  }
  return [...found];
}

function valueOf(values: MacroValues, name: string | undefined): string | undefined {
  return name !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
}
