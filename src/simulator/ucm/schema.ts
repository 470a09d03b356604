import * as z from 'zod';
import { isLoopback } from '../addresses.js';
import { parseLoad } from '../firmware.js';
import { MODELS } from '../models.js';
import type { UcmFlags } from './flags.js';
import type { PhoneInUcm, UcmDeviceSpec, UcmNodeSpec } from './spec.js';

const count = z.number().int().min(0);
const seconds = z.number().min(0);
const load = z
  .string()
  .refine((text) => parseLoad(text) !== null, 'expected a load name such as sip88xx.14-2-1-0101-26, without .loads');
const loadOrNone = z.union([load, z.literal('')]);
const address = z.string().refine(isLoopback, 'expected an address in 127.0.0.0/8');

const flags = z.strictObject({
  axlBusyFirst: count,
  axlBusyEvery: count,
  axlTooLargeAbove: count,
  axlMemoryFaultEvery: count,
  axlSessionUses: count,
  axlVersions: z.array(z.string().regex(/^\d+\.\d+$/, 'expected a schema version such as 14.0, in quotes')),
  axlRolesReadable: z.enum(['appUser', 'user', 'no']),
  cutOffEvery: count,
  cutOffHow: z.enum(['ends', 'breaks']),
  risPerMinute: count,
  risPlainTextEvery: count,
  risSilentNodes: z.array(z.string()),
  risResponse: z.enum(['selectCmDeviceResponse', 'selectCmDeviceExtResponse']),
  risMaxDevices: z.number().int().min(1),
  risDownloadStatus: z.enum(['Upgrading', 'Unknown', '']),
  risLeftPhones: z.enum(['unregistered', 'absent']),
  realTimeRole: z.boolean(),
  servicesRole: z.boolean(),
  loadServerElement: z.string().regex(/^[A-Za-z_][\w.-]*$/, 'expected the name of an element'),
  loadServerHonored: z.boolean(),
  registersAfter: seconds,
  webAccessNeedsRestart: z.boolean(),
  filesNeedRestart: z.boolean(),
  filesOver: z.enum(['both', 'http', 'tftp']),
  certificate: z.enum(['good', 'expired', 'other-name', 'self-signed']),
} satisfies Record<keyof UcmFlags, z.ZodType>);

const node = z.strictObject({
  name: address,
  tftp: z.boolean().default(true),
} satisfies Record<keyof UcmNodeSpec, z.ZodType>);

const device = z
  .strictObject({
    name: z.string().min(1),
    model: z.string().min(1),
    number: count.default(0),
    pool: z.string().min(1).default('Default'),
    description: z.string().default(''),
    load: loadOrNone.default(''),
  } satisfies Record<keyof UcmDeviceSpec, z.ZodType>)
  .refine(({ model, number }) => number > 0 || MODELS.has(model), {
    path: ['number'],
    message: 'expected the number of a product that is none of the known models',
  });

/** The part `ucm` of a scenario. `files` has the shape of the scenario's own. */
export const ucmSchema = (files: z.ZodObject): z.ZodType =>
  z.strictObject({
    version: z
      .string()
      .regex(/^\d+\.\d+/, 'expected a version such as 14.0.1.12900(161), in quotes')
      .optional(),
    username: z
      .string()
      .regex(/^[^:]+$/, 'expected a name without a colon')
      .optional(),
    password: z.string().min(1).optional(),
    role: z.enum(['full', 'read-only', 'none']).optional(),
    nodes: z.array(node).min(1).optional(),
    pools: z.array(z.string().min(1)).optional(),
    defaults: z.record(z.enum([...MODELS.keys()] as [string, ...string[]]), load).optional(),
    devices: z.array(device).optional(),
    files: files.partial().optional(),
    notYetServed: z.array(z.string()).optional(),
    flags: flags.partial().optional(),
  });

/** The part `ucm` of a phone. */
export const phoneInUcmSchema = z
  .strictObject({
    known: z.boolean(),
    pool: z.string().min(1),
    description: z.string(),
    load: z.union([load, z.literal(''), z.literal('running')]),
    webAccess: z.enum(['on', 'off', 'absent']),
    vendorConfig: z.string(),
    registers: z.boolean(),
    registersAfter: seconds,
    expressway: z.boolean(),
    shownAddress: z.union([address, z.literal('next'), z.literal('')]),
    shownLoad: loadOrNone,
  } satisfies Record<keyof PhoneInUcm, z.ZodType>)
  .partial();
