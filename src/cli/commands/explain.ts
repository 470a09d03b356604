import { explainCode, listCodes } from '../../report/explain.js';
import { writeOut } from '../terminal/write-out.js';

/** `explain [CODE]`: what a failure code means and what to do. @throws UsageError for an unknown code */
export async function explainCommand(code: string | undefined): Promise<number> {
  await writeOut(process.stdout, [code === undefined ? listCodes() : explainCode(code)]);
  return 0;
}
