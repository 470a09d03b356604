import { type FailureCodeName, failureCodes } from '../domain/failures/failure-codes.js';
import { readingFailures } from '../domain/failures/reading-failures.js';
import { surveyRetries } from '../domain/pacing/backoff.js';
import { twoColumns, wrap } from './plain-text.js';

const names = Object.keys(failureCodes) as FailureCodeName[];

type Kind = (typeof failureCodes)[FailureCodeName]['kind'];

const kinds: Record<Kind, { title: string; text: string }> = {
  transient: {
    title: 'Passing',
    text:
      'May pass by itself; nothing was written, and the next run tries again. Each code says whether a phone is tried again in the same ' +
      'run. Just before its write, a phone that does not answer is tried three times, a few seconds apart.',
  },
  permanent: {
    title: 'Lasting',
    text: 'Stays until it is fixed. It is not tried again.',
  },
  observed: {
    title: 'Seen after a write',
    text: 'The phone was written to. From then on it is only watched; nothing is repeated.',
  },
  ours: {
    title: 'Of the run itself',
    text: 'Says nothing about the phone. If nothing was written, fleet-migrate resume or the next run tries it again.',
  },
};

/** What `fleet-migrate explain CODE` prints: the code, what it means, what to do and whether trying again helps. */
export function explainCode(code: FailureCodeName, width = 78): string {
  const { meaning, hint, kind } = failureCodes[code];
  return [
    code,
    '',
    ...wrap(meaning, width, '  '),
    '',
    ...wrap(hint, width, '  What to do: '),
    ...wrap(`${kinds[kind].title}. ${retriesOf(code) ?? kinds[kind].text}`, width, '  Retries:    '),
    '',
  ].join('\n');
}

/** All codes with their meanings by kind, as `fleet-migrate explain` without a code prints them. */
export function listCodes(width = 78): string {
  const sections = codesByKind().map(({ title, text, codes }) =>
    [
      ...wrap(`${title}: ${text}`, width),
      '',
      ...twoColumns(
        codes.map((code) => [code, failureCodes[code].meaning]),
        width,
      ),
      '',
    ].join('\n'),
  );
  return sections.join('\n');
}

/** How often a transient failure is tried again in the same run; `null` where the class says it. */
export function retriesOf(code: FailureCodeName): string | null {
  if (failureCodes[code].kind !== 'transient') return null;
  const times = surveyRetries(code);
  if (times > 0)
    return `It accepted a connection, so it is tried ${times === 1 ? 'once' : `${times} times`} more in the same run, and by the next one.`;
  if (Object.hasOwn(readingFailures, code))
    return 'Not tried again in the same run while it probes its targets, or a scan would take far longer: the next run tries again. Just before its write a phone is tried three times.';
  return 'Not tried again in the same run; the next one decides anew.';
}

/** All codes by their class, and what the class says about trying again. */
export function codesByKind(): { title: string; text: string; codes: FailureCodeName[] }[] {
  return (Object.keys(kinds) as Kind[]).map((kind) => ({
    ...kinds[kind],
    codes: names.filter((name) => failureCodes[name].kind === kind),
  }));
}
