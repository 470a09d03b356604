/** One parameter of the admin form. */
export interface FormField {
  label: string;
  type: 'text' | 'password' | 'yes-no' | 'choice';
  /** Factory default; for `yes-no` it is `1` or `0`. */
  initial: string;
  /** Texts of a choice. */
  choices: readonly string[];
}

/**
 * Parses the catalog's shorthand:
 * `Label=value` a text with that value, `Label?1` a yes/no that is Yes, `Label*` a password,
 * `Label{A|B}=B` a choice that is B. A plain `Label` is an empty text.
 */
export function fieldFrom(shorthand: string): FormField {
  const choice = /^(.+?)\{(.+)\}=(.*)$/.exec(shorthand);
  if (choice !== null) {
    const [, label = '', choices = '', initial = ''] = choice;
    return { label, type: 'choice', initial, choices: choices.split('|') };
  }
  const yesNo = /^(.+)\?([01])$/.exec(shorthand);
  if (yesNo !== null) {
    const [, label = '', initial = ''] = yesNo;
    return { label, type: 'yes-no', initial, choices: ['Yes', 'No'] };
  }
  if (shorthand.endsWith('*')) return { label: shorthand.slice(0, -1), type: 'password', initial: '', choices: [] };
  const equals = shorthand.indexOf('=');
  if (equals < 0) return { label: shorthand, type: 'text', initial: '', choices: [] };
  return { label: shorthand.slice(0, equals), type: 'text', initial: shorthand.slice(equals + 1), choices: [] };
}

/** A section of the Voice tabs: title, and its fields in the shorthand of `fieldFrom`. */
export interface CatalogSection {
  title: string;
  fields: readonly string[];
}

/** A tab under Voice. */
export interface CatalogTab {
  title: string;
  sections: readonly CatalogSection[];
}
