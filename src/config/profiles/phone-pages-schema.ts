import * as z from 'zod';
import { settingNames } from '../../domain/phone/facts.js';
import { type EnterprisePages, type MultiplatformPages, productFields } from '../../domain/phone/page-profile.js';

/** A label contains letters: an empty one would match every empty cell. */
const label = z.string().refine((text) => /\p{L}/u.test(text), 'expected a label with letters in it');
const labels = z.array(label);
const someLabels = labels.min(1);

const pattern = z.string().min(1).refine(compiles, 'expected a regular expression');
const patterns = z.array(pattern);

const path = z.string().regex(/^\//, 'expected a path that begins with "/"');
const paths = z.array(path).min(1);

const tags = z.array(z.string().regex(/^[\w#-]+$/, 'expected the name of a tag')).min(1);

function compiles(text: string): boolean {
  try {
    new RegExp(text, 'i');
    return true;
  } catch {
    return false;
  }
}

function pathWithout(marks: RegExp, named: string) {
  return path.refine((text) => !marks.test(text), `expected a path without ${named}`);
}

/** A pattern that must name what it finds. */
function patternWith(...groups: string[]) {
  return pattern.refine(
    (text) => groups.every((group) => text.includes(`(?<${group}>`)),
    `expected a regular expression with the groups ${groups.map((group) => `(?<${group}>…)`).join(', ')}`,
  );
}

const section = z.enum([
  'productInformation',
  'phoneStatus',
  'downloadStatus',
  'transitionAuthorizationStatus',
  'lineCallStatus',
  'firmwareUpgrade',
]);
const productField = z.enum(productFields);
const account = z.enum(['admin', 'user']);
const settingName = z.enum(settingNames);
const enterpriseField = z.enum([
  'mac',
  'hostName',
  'phoneDn',
  'serial',
  'softwareVersion',
  'hardwareRevision',
  'productId',
  'udi',
]);

const statusLabel = z.strictObject({ labels: someLabels, sections: z.array(section).min(1), tags });

const multiplatformPages = z.strictObject({
  source: z.string().min(1),
  endpoints: z.strictObject({
    adminPage: path,
    statusXml: path,
    configXml: path,
    resync: path,
    upgrade: path,
    // Credentials never travel in a URL.
    xmlPost: z.strictObject({ path: pathWithout(/[?&]/, '"?" or "&"'), contentType: z.string().min(1) }),
    others: z.array(path).optional(),
  }),
  jsonTabs: z.strictObject({
    path: path.refine((text) => text.split('{tab}').length === 2, 'expected a path with {tab} in it once'),
    status: label,
    downloadStatus: label,
    provisioning: label,
    formPath: path,
    nameKey: z.string().min(1),
    valueKey: z.string().min(1),
    idKeys: z.array(z.string().min(1)),
    optionsKey: z.string().min(1),
  }),
  titlePatterns: patterns,
  productNamePattern: pattern,
  transitionVersionPattern: pattern,
  sections: z.record(section, someLabels),
  tabs: someLabels,
  otherHeadings: labels,
  productInformation: z.strictObject({
    labels: z.record(productField, someLabels),
    otherLabels: labels,
    required: z.array(productField).min(1),
    tags: z.record(productField, tags),
  }),
  upgradeStatus: statusLabel,
  firmwareUpgradeRows: statusLabel,
  callState: statusLabel,
  authorizationRows: statusLabel.extend({ pattern: patternWith('code', 'at', 'url', 'message') }),
  timePattern: patternWith('year', 'month', 'day', 'hour', 'minute', 'second'),
  firmwareUpgrade: z.strictObject({
    labels: z.record(settingName, someLabels),
    tags: z.record(settingName, tags),
    formPaths: z.array(pathWithout(/[?#]/, '"?" or "#"')).min(1),
  }),
  hiddenValuePatterns: patterns,
  refererRefusalPatterns: patterns,
  meanings: z.strictObject({
    source: z.string().min(1),
    idleCallStates: patterns,
    upgrading: patterns,
    upgradeFailed: patterns,
    authorizationSucceeded: z.strictObject({ codes: z.array(z.string()).min(1), messages: patterns.min(1) }),
    authorizationFailed: z.strictObject({ messages: patterns.min(1) }),
  }),
  statusXmlSectionAttribute: z.string().min(1),
  passwordNamePattern: pattern,
  signIn: z.strictObject({
    setPasswordLabels: z.record(account, someLabels),
    setPasswordRule: z.strictObject({
      minLength: z.int().min(1),
      maxLength: z.int().min(1),
      classes: z.int().min(1).max(4),
    }),
    accounts: z.record(account, z.string().regex(/^[^\s:]+$/, 'expected the name of an account')),
    loginPatterns: patterns,
    userNameLabels: someLabels,
    plainTitlePatterns: patterns,
    maxControls: z.int().min(1),
  }),
  certificateNamePattern: patternWith('mac'),
}) satisfies z.ZodType<MultiplatformPages>;

const enterprisePages = z.strictObject({
  source: z.string().min(1),
  endpoints: z.strictObject({ deviceXml: paths, deviceHtml: paths, others: z.array(path).optional() }),
  titlePatterns: patterns,
  productIdPattern: pattern,
  bannerPattern: patternWith('productId', 'mac'),
  hostNamePattern: patternWith('mac'),
  notSoftwareVersionPatterns: patterns,
  tags: z.record(enterpriseField, tags),
  labels: z.record(enterpriseField, someLabels),
  placeholders: z.array(z.string()),
  udi: z.strictObject({
    productIdPattern: pattern,
    vidPattern: pattern,
    serialPattern: pattern,
    singleLinePattern: patternWith('productId', 'vid', 'serial'),
  }),
}) satisfies z.ZodType<EnterprisePages>;

/** The schemas of both files, by the family in the file's name. */
export const pageSchemas = { multiplatform: multiplatformPages, enterprise: enterprisePages } as const;
