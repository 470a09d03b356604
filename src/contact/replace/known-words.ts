import type { CaptureWords } from '../../domain/phone/capture-words.js';
import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import type { LabelWords } from '../../pages/rewrite/text-rule.js';
import { LabelIndex, tagKey } from '../../pages/markup/labels.js';

/** What is known of labels and values, and so says nothing about anybody. */
export interface KnownWords extends LabelWords {
  /** A label, heading or tab of the profiles. */
  isLabel(text: string): boolean;
  /** The values beside it are kept, but for what is personal in them. */
  isKept(label: string): boolean;
  /** Its values are serial numbers. */
  isSerial(label: string): boolean;
  /** A value that says nothing about anybody, wherever it stands. */
  isHarmless(value: string): boolean;
  /** A word of a label, a harmless value or a known path: never looked for elsewhere. */
  isCommon(word: string): boolean;
  isPath(path: string): boolean;
  isCode(word: string): boolean;
  isKeptHeader(name: string): boolean;
}

/** @param asked the paths that were asked for: they are ours, not the phone's */
export function knownWords(
  { multiplatform, enterprise }: PhoneProfiles,
  words: CaptureWords,
  asked: Iterable<string>,
): KnownWords {
  const { productInformation, firmwareUpgrade, upgradeStatus, firmwareUpgradeRows, callState, authorizationRows } =
    multiplatform;
  const { mac: _mac, serial, ...product } = productInformation.labels;
  const { mac: _macTag, serial: serialTags, ...productTags } = productInformation.tags;
  const ofStatus = [upgradeStatus, firmwareUpgradeRows, callState, authorizationRows];
  const ofEnterprise = (names: typeof enterprise.labels): string[] =>
    [names.softwareVersion, names.hardwareRevision, names.productId, names.udi].flat();
  const kept = [
    ...Object.values(product).flat(),
    ...Object.values(productTags).flat(),
    ...productInformation.otherLabels,
    ...ofStatus.flatMap(({ labels, tags }) => [...labels, ...tags]),
    ...firmwareUpgrade.labels.authorizationType,
    ...firmwareUpgrade.tags.authorizationType,
    ...ofEnterprise(enterprise.labels),
    ...ofEnterprise(enterprise.tags),
    ...words.keptLabels,
  ];
  const serials = [...serial, ...serialTags, ...enterprise.labels.serial, ...enterprise.tags.serial];
  const fields = [
    ...Object.values(productInformation.labels).flat(),
    ...Object.values(firmwareUpgrade.labels).flat(),
    ...Object.values(enterprise.labels).flat(),
    ...multiplatform.signIn.userNameLabels,
    ...Object.values(multiplatform.signIn.setPasswordLabels).flat(),
    ...kept,
    ...serials,
  ];
  const headings = [
    ...Object.values(multiplatform.sections).flat(),
    ...multiplatform.otherHeadings,
    ...multiplatform.tabs,
  ];
  const labels = [...fields, ...headings];
  const keptIndex = new LabelIndex({ kept: [...kept, ...spacedTags(kept)] });
  const serialIndex = new LabelIndex({ serial: [...serials, ...spacedTags(serials)] });
  const labelIndex = new LabelIndex({ label: labels });
  const fieldIndex = new LabelIndex({ field: fields });
  const headingIndex = new LabelIndex({ heading: headings });
  const harmless = new Set(words.harmlessValues.map((word) => word.toLowerCase()));
  const paths = new Set<string>([
    ...Object.values(multiplatform.endpoints).flatMap((one) =>
      one === undefined || typeof one === 'string' || Array.isArray(one) ? (one ?? []) : one.path,
    ),
    ...[enterprise.endpoints.deviceXml, enterprise.endpoints.deviceHtml, enterprise.endpoints.others ?? []].flat(),
    ...firmwareUpgrade.formPaths,
    ...asked,
  ]);
  const common = new Set([...labels, ...words.harmlessValues, ...words.codeWords, ...paths].flatMap(wordsOf));
  const people = words.peopleListPatterns.map((pattern) => new RegExp(pattern, 'iu'));
  const code = new Set(words.codeWords);
  const headers = new Set(words.keptHeaders.map((name) => name.toLowerCase()));
  return {
    isLabel: (text) => labelIndex.find(text) !== undefined,
    isField: (text) => fieldIndex.find(text) !== undefined,
    isHeading: (text) => headingIndex.find(text) !== undefined,
    isKept: (label) => keptIndex.find(label) !== undefined,
    isSerial: (label) => serialIndex.find(label) !== undefined,
    isHarmless: (value) => harmless.has(value.trim().toLowerCase()),
    isCommon: (word) => common.has(word.toLowerCase()),
    isPath: (path) => paths.has(path),
    isPeopleList: (heading) => people.some((pattern) => pattern.test(heading.trim())),
    isCode: (word) => code.has(word),
    isKeptHeader: (name) => headers.has(name),
  };
}

/** Tags as they are handed over: their underscores as blanks. Of other letters than ours nothing would be left. */
function spacedTags(names: readonly string[]): string[] {
  return names.filter((name) => /^[\w#-]+$/.test(name)).map((name) => tagKey(name).replace(/_/g, ' '));
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}
