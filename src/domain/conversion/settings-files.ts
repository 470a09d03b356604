import { type Mac, parseMac } from '../network/mac.js';
import type { Sourced } from '../phone/models.js';

/** `profiles/settings-files.yaml`: which settings files phones ask for, and what is written into them. */
export interface SettingsFiles {
  defaultLoads: Sourced & { name: RegExp; root: string; load: string; modelAttribute: string; modelText: string };
  phone: Sourced & { name: RegExp; root: string; load: string };
  multiplatform: Sourced & {
    names: readonly RegExp[];
    roots: readonly string[];
    attributes: Readonly<Record<string, string>>;
  };
  signed: Sourced & { name: RegExp };
}

/** A settings file that somebody asks for; `mac` and `model` are what its name shows. */
export interface AskedSettings {
  kind: 'default-loads' | 'phone' | 'multiplatform' | 'signed';
  mac: Mac | null;
  model: string | null;
}

/** Which settings file a path names; `null` for any other file. */
export function askedSettings(path: string, files: SettingsFiles): AskedSettings | null {
  const forms: readonly (readonly [AskedSettings['kind'], RegExp])[] = [
    ['default-loads', files.defaultLoads.name],
    ['phone', files.phone.name],
    ...files.multiplatform.names.map((name) => ['multiplatform', name] as const),
    ['signed', files.signed.name],
  ];
  for (const [kind, form] of forms) {
    const match = form.exec(path);
    if (match === null) continue;
    const { mac, model } = match.groups ?? {};
    return { kind, mac: mac === undefined ? null : parseMac(mac), model: model?.toUpperCase() ?? null };
  }
  return null;
}

/** `XMLDefault.cnf.xml` with the load of one model and no other. @param number how Unified CM numbers the model */
export function defaultLoadsXml(
  { defaultLoads }: SettingsFiles,
  { model, number, load }: { model: string; number: number; load: string },
): string {
  const { root, load: tag, modelAttribute, modelText } = defaultLoads;
  return xml(
    [root],
    [
      {
        tag: tag.replaceAll('{number}', () => String(number)),
        attributes: { [modelAttribute]: modelText.replaceAll('{model}', () => model) },
        text: load,
      },
    ],
  );
}

/** `SEP<MAC>.cnf.xml` with the load and nothing else. */
export function phoneXml({ phone }: SettingsFiles, load: string): string {
  return xml([phone.root], [{ tag: phone.load, attributes: {}, text: load }]);
}

/** The profile of a Multiplatform phone with these settings, by tag, and nothing else. Macros such as `$MAU` are left for the phone. */
export function multiplatformXml(
  { multiplatform: { roots, attributes } }: SettingsFiles,
  settings: readonly { tag: string; text: string }[],
): string {
  return xml(
    roots,
    settings.map(({ tag, text }) => ({ tag, attributes, text })),
  );
}

interface Element {
  tag: string;
  attributes: Readonly<Record<string, string>>;
  text: string;
}

function xml(roots: readonly string[], elements: readonly Element[]): string {
  const indent = (depth: number): string => '  '.repeat(depth);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    ...roots.map((root, depth) => `${indent(depth)}<${root}>`),
    ...elements.map(({ tag, attributes, text }) => {
      const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
      return `${indent(roots.length)}<${tag}${written.join('')}>${escaped(text)}</${tag}>`;
    }),
    ...roots.map((root, depth) => `${indent(depth)}</${root}>`).reverse(),
    '',
  ].join('\n');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Characters that XML 1.0 cannot have at all are left out. */
function escaped(text: string): string {
  return text
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu, '')
    .replace(/[&<>"]/g, (mark) => entities[mark] ?? mark);
}
