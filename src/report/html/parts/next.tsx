import type { JSX } from 'preact';
import { printable } from '../../../domain/text/printable.js';
import type { RunReport } from '../../../domain/report/report.js';
import { commandLine, noWords } from '../../summary/commands.js';
import { nextSteps } from '../../summary/next-steps.js';
import type { SummaryOptions } from '../../summary/summary.js';

/** What to do next, with commands to be copied. */
export function Next({ report, next }: { report: RunReport; next: SummaryOptions }): JSX.Element | null {
  // What is next follows from all phones of a run, not from a choice of them.
  if (report.only !== undefined) return null;
  const { words = noWords, profileFor = null } = next;
  const steps = nextSteps(report, { words, profileFor });
  if (steps.length === 0) return null;
  return (
    <section aria-labelledby="next">
      <h2 id="next">What to do next</h2>
      <ul>
        {steps.map(({ text, commands }) => (
          <li>
            {printable(text)}
            {commands.map((command) => (
              <pre>
                <code>{commandLine(command)}</code>
              </pre>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
