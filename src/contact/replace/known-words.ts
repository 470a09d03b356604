import type { HarmlessWords } from '../../domain/phone/harmless-words.js';
import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import { nearMiss } from '../../domain/text/near-miss.js';
import type { LabelWords } from '../../pages/rewrite/text-rule.js';
import { LabelIndex, labelKey, tagKey } from '../../domain/phone/labels.js';

/** A person's name is often a letter or two off a short label. */
const shortestNearLabel = 8;
const longestNearLabel = 60;

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
  /** A label but for a letter or two: a reader should be told of it. */
  isNearLabel(text: string): boolean;
  /** A word, number or name of a control that pages are made of: it says nothing about anybody. */
  isCommon(word: string): boolean;
  isPath(path: string): boolean;
  isKeptHeader(name: string): boolean;
}

/** What the profiles of phones and the words of captures know. */
export function knownWords({ multiplatform, enterprise }: PhoneProfiles, words: HarmlessWords): KnownWords {
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
  ]);
  const common = new Set(
    [...textsIn([multiplatform, enterprise]), ...words.harmlessValues, ...words.pageWords].flatMap(wordsOf),
  );
  const isCommon = (word: string): boolean =>
    common.has(word.toLowerCase()) || partsOf(word).every((part) => isSlight(part) || common.has(part));
  const near = new Map<string, boolean>();
  const sought = [
    ...Object.values(multiplatform.sections).flat(),
    ...[productInformation.labels, firmwareUpgrade.labels, enterprise.labels].flatMap((one) =>
      Object.values(one).flat(),
    ),
  ]
    .map(labelKey)
    .filter((label) => label.length >= shortestNearLabel);
  const people = words.peopleListPatterns.map((pattern) => new RegExp(pattern, 'iu'));
  const headers = new Set(words.keptHeaders.map((name) => name.toLowerCase()));
  return {
    isLabel: (text) => labelIndex.find(text) !== undefined,
    isField: (text) => fieldIndex.find(text) !== undefined,
    isHeading: (text) => headingIndex.find(text) !== undefined,
    isKept: (label) => keptIndex.find(label) !== undefined,
    isSerial: (label) => serialIndex.find(label) !== undefined,
    isHarmless: (value) => harmless.has(value.trim().toLowerCase()),
    isNearLabel: (text) => {
      const key = labelKey(text);
      if (key.length > longestNearLabel || key.length < shortestNearLabel) return false;
      const isKnown = near.get(key) ?? nearMiss(key, sought) !== null;
      near.set(key, isKnown);
      return isKnown;
    },
    isCommon,
    isPath: (path) => paths.has(path),
    isPeopleList: (heading) => people.some((pattern) => pattern.test(heading.trim())),
    isKeptHeader: (name) => headers.has(name),
  };
}

/** Tags as they are handed over: their underscores as blanks. Of other letters than ours nothing would be left. */
function spacedTags(names: readonly string[]): string[] {
  return names.filter((name) => /^[\w#-]+$/.test(name)).map((name) => tagKey(name).replace(/_/g, ' '));
}

function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}_]+/gu)
      ?.flatMap((word) => [word, ...partsOf(word)]) ?? []
  );
}

/** `appLoadID` and `Display_Name_1_` are made of words. */
function partsOf(word: string): string[] {
  return word
    .split(/_+|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u)
    .filter((part) => part !== '')
    .map((part) => part.toLowerCase());
}

/** A part that says nothing by itself. */
function isSlight(part: string): boolean {
  return /^\p{ASCII}*$/u.test(part) && part.length < (/\p{N}/u.test(part) ? 3 : 2);
}

/** All texts of a profile; of patterns, their words. */
function textsIn(data: unknown): string[] {
  if (typeof data === 'string') return [data.replace(/\\[a-z]/gi, ' ')];
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(textsIn) : [];
}
