import * as z from 'zod';
import {
  filesUrlForm,
  inventoryForm,
  plainText,
  subnetForm,
  targetForm,
  timeZoneForm,
  usernameForm,
  mostUpgrading,
  wholeNumber,
  windowForm,
} from '../settings/forms.js';
import { type ConfigOption, configKey, optionsInFile } from '../settings/option.js';
import { expected, valueSchema } from './value-schemas.js';

/**
 * `${NAME}`, `file:/path` or `file:./path`: where a password is. `file:word` is refused: it may be a password itself, which an error
 * about a missing file would repeat.
 */
export const secretReference = /^(?:\$\{[A-Za-z_][A-Za-z0-9_]*\}|file:(?:\.{1,2}|~)?\/.+)$/;

const noLiteral = {
  error: ({ input }: { input?: unknown }) =>
    input === undefined
      ? 'is missing, expected ${NAME}, file:/path or file:./path'
      : 'a password must not stand in this file: put it into the environment and write ${NAME}, or into a file and write file:/path/to/it, or file:./path from the folder of this file',
};

const subnets = (text: string) => valueSchema({ name: 'subnet', form: subnetForm, many: true, text }).optional();

/** Anything given in place of credentials may be a password, so it is not repeated. */
const credentialsExpected = ({ code }: { code?: string | undefined }): string | undefined =>
  code === 'invalid_type' ? 'expected a list of entries with username and password' : undefined;

/** One way to sign in. */
export const credentialsSchema = z.strictObject(
  {
    username: valueSchema({
      name: 'username',
      form: usernameForm,
      text: 'The account on the phone',
      default: 'admin',
    }).optional(),
    password: z.string(noLiteral).regex(secretReference, noLiteral).meta({
      description:
        'Where the password is: ${NAME} from the environment, file:/path, or file:./path from the folder of this file; never the password itself',
    }),
    subnets: subnets('Only for the phones of these subnets'),
  },
  { error: credentialsExpected },
);

const credentials = z
  .array(credentialsSchema, { error: credentialsExpected })
  .meta({ description: 'Ways to sign in to phones, best first' });

/** A site's own limits. */
export const limitsSchema = z.strictObject(
  {
    maxUpgrading: valueSchema({
      name: 'max-upgrading',
      form: wholeNumber(1, mostUpgrading, 20),
      text: 'Phones of this site under way at once, so that its link is not saturated',
    }).optional(),
    window: valueSchema({
      name: 'window',
      form: windowForm,
      many: true,
      text: 'When phones of this site may be started, such as "22:00-05:00"',
    }).optional(),
    timeZone: valueSchema({
      name: 'time-zone',
      form: timeZoneForm,
      text: 'The time zone of the window, such as Europe/Berlin',
    }).optional(),
  },
  { error: groupExpected },
);

/** One site. */
export const siteSchema = z.strictObject(
  {
    subnets: subnets('Subnets to scan, such as 10.1.0.0/16'),
    targets: valueSchema({
      name: 'target',
      form: targetForm,
      many: true,
      text: 'Addresses, host names, and ranges such as 10.0.0.5-40',
    }).optional(),
    inventories: valueSchema({
      name: 'inventory',
      form: inventoryForm,
      many: true,
      text: '.csv or .json files with phones',
    }).optional(),
    tags: valueSchema({
      name: 'tag',
      form: plainText('NAME'),
      many: true,
      text: 'Your own labels for this site',
    }).optional(),
    limits: limitsSchema.meta({ description: 'Limits of this site' }).optional(),
    files: valueSchema({
      name: 'files',
      form: filesUrlForm,
      text: "This site's own file server, instead of files",
    }).optional(),
    credentials: credentials.optional(),
  },
  { error: groupExpected },
);

const siteName = z
  .string()
  .regex(
    /^[^\s,;:"'\\/](?:[^,;:"'\\/\t\r\n]{0,62}[^\s,;:"'\\/])?$/,
    'expected a site name of at most 64 letters, digits, dashes and blanks',
  );

const schemas = new WeakMap<readonly ConfigOption[], z.ZodType>();

/** The shape of fleet-migrate.yaml: a key for each option, and what only the file can say. Made once for a table. */
export function fleetConfigSchema(options: readonly ConfigOption[]): z.ZodType {
  const schema = schemas.get(options) ?? makeSchema(options);
  schemas.set(options, schema);
  return schema;
}

function makeSchema(options: readonly ConfigOption[]): z.ZodType {
  const byOption = Object.fromEntries(
    optionsInFile(options).map((option) => [configKey(option.name), valueSchema(option).optional()]),
  );
  return z
    .strictObject({
      ...byOption,
      credentials: credentials.optional(),
      sites: z
        .record(siteName, siteSchema, { error: groupExpected })
        .meta({ description: 'Sites with phones, by name; without other targets all of them are contacted' })
        .optional(),
    })
    .meta({ title: 'fleet-migrate.yaml', description: 'Configuration of fleet-migrate' });
}

/** The JSON Schema of fleet-migrate.yaml for editors, as an object. Draft 7 is what YAML editors know best. */
export function fleetConfigJsonSchema(options: readonly ConfigOption[]): Record<string, unknown> {
  return z.toJSONSchema(fleetConfigSchema(options), {
    io: 'input',
    target: 'draft-7',
  });
}

function groupExpected(issue: { code?: string | undefined; input?: unknown }): string | undefined {
  return issue.code === 'invalid_type' ? expected('a group of keys')(issue) : undefined;
}
