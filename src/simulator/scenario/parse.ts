import { parse } from 'yaml';
import * as z from 'zod';
import { isLoopback, subnetBounds } from '../addresses.js';
import { behaviorSchema } from '../behavior/schema.js';
import { buildScenario } from './build.js';
import { parseLoad } from '../firmware.js';
import { MODELS } from '../models.js';
import type { FilesSpec } from '../files/files-spec.js';
import type { Scenario, Texts, Timing } from './scenario.js';
import { DIALECTS, NON_PHONES } from './scenario.js';
import { phoneInUcmSchema, ucmSchema } from '../ucm/schema.js';

const address = z.string().refine(isLoopback, 'expected an address in 127.0.0.0/8');
const mac = z.string().regex(/^[0-9A-F]{12}$/, 'expected a MAC of 12 upper-case hex digits, in quotes');
const loadName = z
  .string()
  .refine((text) => parseLoad(text) !== null, 'expected a load name such as sip88xx.12-0-3MPP0001-87');
const seconds = z.number().min(0);
const failure = z.strictObject({ code: z.string(), text: z.string() });

const device = z.strictObject({
  count: z.number().int().min(1).max(50_000).optional(),
  kind: z.enum(['phone', ...NON_PHONES]).optional(),
  model: z.string().optional(),
  load: loadName.optional(),
  address: address.optional(),
  mac: mac.optional(),
  serial: z.string().optional(),
  vid: z
    .string()
    .regex(/^V\d\d$/, 'expected a hardware version such as V03')
    .optional(),
  hardware: z.string().optional(),
  name: z.string().optional(),
  dialect: z.enum(DIALECTS).optional(),
  behavior: behaviorSchema.optional(),
  ucm: phoneInUcmSchema.optional(),
});

const files = z.strictObject({
  loads: z.union([z.literal('all'), z.array(z.string())]),
  missingLoads: z.array(z.string()),
  missingImages: z.array(z.string()),
  emptyImages: z.array(z.string()),
  wrongNames: z.array(z.string()),
  wrongOffsets: z.array(z.string()),
  missingLicenses: z.array(mac),
  wrongDirectionLicenses: z.array(mac),
  foreignLicenses: z.array(mac),
  latencyMs: z.number().min(0),
  outage: z
    .strictObject({ afterLoads: z.number().int().min(1), delayMs: z.number().min(0), lastsMs: z.number().min(0) })
    .nullable(),
} satisfies Record<keyof FilesSpec, z.ZodType>);

const timing = z.strictObject({
  evaluate: seconds,
  download: seconds,
  write: seconds,
  reboot: seconds,
  shortReboot: seconds,
  jitter: z.number().min(0).max(1),
} satisfies Record<keyof Timing, z.ZodType>);

const texts = z.strictObject({
  authorizationSucceeded: z.string(),
  authorizationRefused: failure,
  authorizationNotFound: failure,
  authorizationUnreachable: failure,
  upgradeSucceeded: z.string(),
  upgradeFailed: z.string(),
  statusAfterFailure: z.string(),
  submitAnswer: z.string(),
} satisfies Record<keyof Texts, z.ZodType>);

const draft = z.strictObject({
  name: z.string().min(1),
  subnet: z
    .string()
    .refine((text) => subnetBounds(text) !== null, 'expected a CIDR in 127.0.0.0/8 such as 127.20.1.0/24'),
  seed: z.number().int().min(0),
  phones: z
    .array(
      device
        .refine(
          (entry) => (entry.kind ?? 'phone') !== 'phone' || entry.model === undefined || MODELS.has(entry.model),
          {
            path: ['model'],
            message: `expected one of the models ${[...MODELS.keys()].join(', ')}, in quotes`,
          },
        )
        .refine((entry) => entry.count === undefined || (entry.address ?? entry.mac) === undefined, {
          path: ['count'],
          message: 'expected no count where an address or a MAC is given',
        }),
    )
    .min(1),
  files: files.partial().optional(),
  timing: timing.partial().optional(),
  texts: texts.partial().optional(),
  ucm: ucmSchema(files).optional(),
});

/**
 * Reads a scenario from YAML and fills in defaults.
 * @throws Error - one sentence with the file, the place in it and what was expected there.
 */
export function parseScenario(text: string, fileName: string): Scenario {
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    const first = String((error as { message?: unknown }).message).split('\n')[0] ?? '';
    throw new Error(`${fileName} is not readable as YAML: ${first.replace(/:$/, '')}.`, { cause: error });
  }
  const read = draft.safeParse(data);
  if (!read.success) throw new Error(firstProblem(read.error, fileName), { cause: read.error });
  try {
    return buildScenario(withoutUndefined(read.data) as Parameters<typeof buildScenario>[0]);
  } catch (error) {
    throw new Error(`${fileName}: ${String((error as { message?: unknown }).message)}.`, { cause: error });
  }
}

function firstProblem(error: z.ZodError, fileName: string): string {
  const issue = error.issues[0];
  if (issue === undefined) return `${fileName} is not a scenario.`;
  const place = issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return `${fileName}: at ${place.replace(/^\./, '') || 'the top'}, ${issue.message.replace(/^Invalid input: /, '')}.`;
}

/** YAML's empty values would overwrite defaults when spread. */
function withoutUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
