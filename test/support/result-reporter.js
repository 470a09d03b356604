import { writeFileSync } from 'node:fs';

/** Writes jest's own counts as one line to the file named by TEST_RESULT_FILE, for .ci/run to close with. */
export default class ResultReporter {
  onRunComplete(
    _contexts,
    { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites },
  ) {
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    const line = `${numPassedTests} passed, ${failed} failed, ${numPendingTests + numTodoTests} skipped\n`;
    writeFileSync(process.env.TEST_RESULT_FILE, line);
  }
}
