import * as z from 'zod';
import { signInTroubles } from '../../transport/sign-in/sign-in.js';
import { kinds } from '../replace/stand-ins.js';

/** What a capture says of itself. */
export const about =
  'The web pages of one phone, as fleet-migrate read them, with what is personal replaced by stand-ins. Look it over with: fleet-migrate capture --check FILE';

const text = z.string().max(20_000);
const path = text.regex(/^\//);
const trouble = z.strictObject({ code: text, message: text });
const port = z.int().min(0).max(65_535);
const endpoint = z.strictObject({ scheme: z.enum(['http', 'https']), port });
const milliseconds = z.number().min(0);
/** The name of a file in the archive: no folders but one, nothing that leads out of it. */
const fileName = z.string().regex(/^pages\/[a-z0-9][a-z0-9._-]{0,80}$/i);

const certificate = z.strictObject({
  subject: text,
  issuer: text,
  validFrom: text.nullable(),
  validTo: text.nullable(),
  fingerprint: text,
});

const tlsLook = z.strictObject({
  protocol: text.nullable(),
  cipher: text,
  trusted: z.boolean(),
  distrust: text.nullable(),
  certificate: certificate.nullable(),
});

const portLook = z.strictObject({
  endpoint,
  failure: trouble.nullable(),
  tookMs: milliseconds,
  tls: z.union([tlsLook, trouble]).nullable(),
});

const exchange = z.strictObject({
  method: z.enum(['GET', 'POST']),
  path,
  endpoint,
  sent: z.array(text).max(50),
  status: z.int().min(100).max(999).nullable(),
  headers: z.record(z.string(), text),
  charset: z.enum(['utf8', 'latin1']),
  /** Where its body is; `null` where there was no response. */
  file: fileName.nullable(),
  failure: trouble.nullable(),
  tookMs: milliseconds,
});

const reading = z.strictObject({
  asked: path,
  referer: z.boolean(),
  /** Which exchange brought it, by its place in `exchanges`. */
  exchange: z.int().min(0).nullable(),
  signIn: z.enum(signInTroubles).optional(),
  failure: trouble.nullable(),
});

/** `manifest.json` of a capture. */
export const manifestSchema = z.strictObject({
  schema: z.literal('fleet-migrate/capture@1'),
  about: text,
  version: z.string().regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}(?:-[a-z0-9.]{1,20})?$/),
  madeAt: z.iso.datetime(),
  /** A stand-in. */
  address: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,250}$/i),
  ports: z.array(portLook).max(10),
  access: z
    .strictObject({
      endpoint,
      protocol: text.nullable(),
      scheme: z.enum(['http', 'https']),
      checked: z.boolean(),
      signedInBy: text.nullable(),
      certified: text.nullable(),
    })
    .nullable(),
  exchanges: z.array(exchange).max(500),
  readings: z.array(reading).max(500),
  /** What was replaced: how often, and in which files. */
  replaced: z.array(z.strictObject({ kind: z.enum(kinds), times: z.int(), files: z.array(text) })),
  /** Everything that stands in for something, in lower case: whatever else is there was there before. */
  standIns: z.array(z.string()),
});

export type Manifest = z.infer<typeof manifestSchema>;
