/** What the file server has, and what is wrong with it. */
export interface FilesSpec {
  /** Load names that exist, without `.loads`; `all`: any of a known load family. */
  loads: 'all' | readonly string[];
  /** Load names that get a 404 anyway. */
  missingLoads: readonly string[];
  /** Load names whose last image is missing. */
  missingImages: readonly string[];
  /** Load names whose last image is there and empty. */
  emptyImages: readonly string[];
  /** Load names whose container carries another file's name. */
  wrongNames: readonly string[];
  /** Load names whose container says that its list begins behind the first image. */
  wrongOffsets: readonly string[];
  /** MACs without a license file. */
  missingLicenses: readonly string[];
  /** MACs whose license is for the other direction. */
  wrongDirectionLicenses: readonly string[];
  /** MACs whose license is for another phone. */
  foreignLicenses: readonly string[];
  /** Simulated milliseconds before each response. */
  latencyMs: number;
  /**
   * A time in which the file server breaks every connection off. It begins so many simulated milliseconds after the `afterLoads`th time
   * that a phone has fetched a `.loads` file. Null: none.
   */
  outage: { afterLoads: number; delayMs: number; lastsMs: number } | null;
}

/** A file server that has everything. */
export const USUAL_FILES: Readonly<FilesSpec> = {
  loads: 'all',
  missingLoads: [],
  missingImages: [],
  emptyImages: [],
  wrongNames: [],
  wrongOffsets: [],
  missingLicenses: [],
  wrongDirectionLicenses: [],
  foreignLicenses: [],
  latencyMs: 0,
  outage: null,
};
