import * as z from 'zod';
import { diff } from './diff.js';
import { event } from './events.js';
import { groups } from './groups.js';
import { lists } from './lists.js';
import { notifyMessage } from './notify.js';
import { rehearsal } from './rehearsal.js';
import { report } from './report.js';
import { runs } from './runs.js';
import { status } from './status.js';

/** A document that programs are given, and what makes it. */
interface Published {
  schema: z.ZodType;
  title: string;
  /** As a sentence goes on after "What". */
  from: string;
}

const tolerance =
  'Within this version fields are only added: ignore those that you do not know, and words of lists that are not among those here.';

/** The documents by their names, which their files and their `$id` have. */
export const published: Readonly<Record<string, Published>> = {
  report: { schema: report, title: 'The report of a run', from: '--report FILE.json and --output json write' },
  events: { schema: event, title: 'An event of a run', from: 'each line of --output ndjson holds' },
  notify: { schema: notifyMessage, title: 'The message about a run that has ended', from: '--notify URL posts' },
  runs: { schema: runs, title: 'The runs in a store', from: 'fleet-migrate runs --json prints' },
  status: { schema: status, title: 'How a run stands', from: 'fleet-migrate status --json prints' },
  diff: { schema: diff, title: 'What changed between two runs', from: 'report --diff --output json prints' },
  groups: { schema: groups, title: 'Phones of a run, counted', from: 'report --group-by KEY --output json prints' },
  rehearsal: { schema: rehearsal, title: 'A rehearsed night', from: 'fleet-migrate rehearse --output json prints' },
  lists: { schema: lists, title: 'What needs attention', from: 'report --lists --output json prints' },
};

/** A document's JSON Schema (draft 2020-12) for those who read it: unknown keys are allowed in every object. */
export function publishedSchema(name: string): object {
  const document = published[name];
  if (document === undefined) throw new RangeError(`there is no schema ${name}`);
  const { $schema, ...made } = z.toJSONSchema(document.schema, {
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      // The format says it; its pattern fills a screen.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  const description = `What ${document.from}. ${tolerance}`;
  return { $schema, $id: `urn:fleet-migrate:${name}@1`, title: document.title, description, ...made };
}
