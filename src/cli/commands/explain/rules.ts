import { readFileSync } from 'node:fs';
import { shippedModels } from '../../../config/profiles/as-shipped.js';
import { familyName } from '../../../domain/firmware/load.js';
import { formatVersion } from '../../../domain/firmware/version.js';
import { type Models, vidRangeText } from '../../../domain/phone/models.js';
import { packagePath } from '../../../package-files.js';
import { knowledgeText } from '../../../report/knowledge-text.js';
import { whereTo, wrap } from '../../../report/plain-text.js';

/** What reasons of verdicts cite: a rule of the migration guide, or another document. */
export interface CitedRule {
  /** As reasons show it: `G5`, `FN74296`. */
  name: string;
  title: string;
  lines(width: number): string[];
}

const guidePage = 'docs/knowledge/migration-guide.md';

/** All that reasons cite: what the guide's rules say, and of other documents what rests on them here, both from where it is kept. */
export async function citedRules(): Promise<CitedRule[]> {
  return [...guideRules(), ...(await documents())];
}

function guideRules(): CitedRule[] {
  return page(guidePage)
    .split(/^## /m)
    .flatMap((section) => {
      const [, name, title = '', text = ''] = /^(G\d+)\. ([^\n]*)\n([^]*)$/.exec(section) ?? [];
      if (name === undefined) return [];
      return [{ name, title, lines: (width: number) => [...knowledgeText(text, width), '', `  (${guidePage})`] }];
    });
}

/** The other documents that a value of profiles/models.yaml names as its rule, with what rests on them there. */
async function documents(): Promise<CitedRule[]> {
  const models = await shippedModels();
  const values = valuesIn(models).filter(({ rule }) => !/^G\d+$/.test(rule));
  return [...new Set(values.map(({ rule }) => rule))].sort().map((name) => {
    const of = values.filter(({ rule }) => rule === name);
    const says = [
      ...of.flatMap(({ text, models: these }) =>
        text === undefined ? [] : `${these ? `${these.join(', ')}: ` : ''}${text}`,
      ),
      ...models.minimums.filter(({ rule }) => rule === name).map(minimumText),
      ...[models.authorizationFieldsFrom]
        .filter(({ rule }) => rule === name)
        .map(({ version }) => `Pages show the Transition Authorization fields from ${formatVersion(version)} on.`),
      ...models.hardwareFloors.filter(({ rule }) => rule === name).map(floorText),
    ];
    return {
      name,
      title: [...new Set(of.flatMap(({ source }) => source ?? []))].join('; '),
      lines: (width: number) => [
        ...[...new Set(says)].flatMap((text) => wrap(text, width, '  - ')),
        ...(says.length > 0 ? [''] : []),
        '  (profiles/models.yaml)',
      ],
    };
  });
}

function minimumText({ direction, kind, version }: Models['minimums'][number]): string {
  return `A move ${whereTo(direction)} starts from ${formatVersion(version)} or later (${kind}).`;
}

function floorText({ models, vidFrom, family, version }: Models['hardwareFloors'][number]): string {
  return `${models.join(', ')} (${vidRangeText(vidFrom)}): ${familyName[family]} firmware ${formatVersion(version)} or later.`;
}

/** Every value that names a rule, wherever it stands. */
function valuesIn(data: unknown): { rule: string; source?: string; text?: string; models?: readonly string[] }[] {
  if (typeof data !== 'object' || data === null) return [];
  const below = (data instanceof Map ? [...data.values()] : Object.values(data)).flatMap(valuesIn);
  return 'rule' in data && typeof data.rule === 'string' ? [data as { rule: string }, ...below] : below;
}

/** A page as it is shipped; nothing where somebody has left the documentation out. */
function page(name: string): string {
  try {
    return readFileSync(packagePath(name), 'utf8');
  } catch {
    return '';
  }
}
