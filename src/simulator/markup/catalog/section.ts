/** A section of the Voice tabs: title, and its fields in the short hand of `fieldFrom`. */
export interface CatalogSection {
  title: string;
  fields: readonly string[];
}

/** A tab under Voice. */
export interface CatalogTab {
  title: string;
  sections: readonly CatalogSection[];
}
