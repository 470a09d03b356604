import { optionTable } from '../../src/conduct/options/table.js';
import { fleetConfigJsonSchema } from '../../src/config/file/schema.js';
import { published, publishedSchema } from '../../src/report/schemas/published.js';
import { withColumns } from './columns.js';
import { withConfigKeys } from './config-keys.js';
import { withEvents } from './events.js';
import { failureCodesMarkdown } from './failure-codes.js';
import { libraryOptions } from './library-options.js';
import { manualPage } from './manual.js';
import { optionsMarkdown } from './options.js';

/** What is generated, by its path from the project's folder: what each file should contain, given what it contains now; laid out by prettier where that is not Markdown. */
export const generatedPages: Readonly<Record<string, (page: string) => string>> = {
  'docs/options.md': optionsMarkdown,
  'src/library/options.ts': libraryOptions,
  'docs/failure-codes.md': failureCodesMarkdown,
  'docs/man/fleet-migrate.1': manualPage,
  'docs/configuration.md': (page) => withConfigKeys(page, optionTable),
  'docs/reports.md': (page) => withColumns(withEvents(page)),
  ...Object.fromEntries(
    Object.keys(published).map((name) => [
      `docs/schemas/${name}.schema.json`,
      () => `${JSON.stringify(publishedSchema(name), null, 2)}\n`,
    ]),
  ),
  'docs/fleet-migrate.schema.json': () => `${JSON.stringify(fleetConfigJsonSchema(optionTable), null, 2)}\n`,
};
