/** Codes of {@link FileProblem}. */
export type FileProblemCode = 'loads-unreadable';

/** A file that is not what its name says. The message names what is wrong in it, not where it came from. */
export class FileProblem extends Error {
  constructor(
    readonly code: FileProblemCode,
    message: string,
  ) {
    super(message);
    this.name = 'FileProblem';
  }
}
