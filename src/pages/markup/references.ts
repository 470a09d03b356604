const named: Readonly<Record<string, string>> = { nbsp: '\u00a0', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Decodes numeric character references and the five of XML with `&nbsp;`. Enough for headings (newer firmware writes `-` as
 * `&#x2D;`, docs/knowledge/enterprise-pages.md#html) and for XML; pages themselves are decoded by the HTML parser.
 */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(nbsp|amp|lt|gt|quot|apos));?/gi,
    (whole, hex, decimal, name) => {
      if (typeof name === 'string') return named[name.toLowerCase()] ?? whole;
      const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
