/** One part of what a rehearsal says, whatever shows it: sentences, then a table. All texts are printable. */
export interface Section {
  id: string;
  title: string;
  sentences: string[];
  /** `numbers`: the columns that hold such. The first column names the row. */
  table?: { columns: string[]; numbers: readonly string[]; rows: string[][] };
  /** What is said below the table. */
  after?: string[];
}
