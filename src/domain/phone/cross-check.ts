/** A value of a phone, and the page that shows it. */
export interface Shown {
  value: string;
  /** The path it was read from, e.g. `/admin/status.xml`. */
  where: string;
}

/** Two pages of one phone that show different values for the same thing. */
export interface Disagreement {
  /** What it is, e.g. `software version`. */
  what: string;
  page: Shown;
  witness: Shown;
}

/** How the phone's status files compare with its admin page; a file that shows nothing does not count. */
export interface CrossCheck {
  /** By witness, what it shows the same as the page. */
  agreed: readonly { where: string; what: readonly string[] }[];
  disagreements: readonly Disagreement[];
  /** The MAC of another phone that answered at the address while the files were read: two share it, or one has taken it over. */
  another?: string;
}

/** Both values of each disagreement with where they were read, as sentences. */
export function disagreementText(disagreements: readonly Disagreement[]): string {
  return disagreements
    .map(({ what, page, witness }) => {
      const text = `The ${what} is ${quoted(page.value)} in ${page.where}`;
      return `${text}, but ${quoted(witness.value)} in ${witness.where}.`;
    })
    .join(' ');
}

/** Phones may show anything, of any length. */
function quoted(value: string): string {
  return JSON.stringify(value.length > longestShown ? `${value.slice(0, longestShown)}…` : value);
}

const longestShown = 200;

/** Which pages agreed on what, for the report's evidence; `null` when none could be compared. */
export function agreementText({ agreed }: CrossCheck): string | null {
  const texts = agreed.map(({ where, what }) => `${where} agrees with the page: ${what.join(', ')}`);
  return texts.length === 0 ? null : texts.join('; ');
}
