import type { Block } from '../../../scripts/docs/pictures/blocks.js';

/** Languages of what people write themselves, of pictures, and of messages, which `test/docs/monitoring.test.ts` holds to what is sent. */
const written = ['yaml', 'csv', 'mermaid', 'js', 'json', 'sql'];

/**
 * The first line of a block that nobody can have typed, so that it is output, which has to be made; `null` when there is none. A block
 * without a language holds commands and nothing else; one with a language is a file, or a picture.
 */
export function untyped({ language, text, sample }: Block): string | null {
  if (sample !== null || written.includes(language)) return null;
  if (language !== '') return `\`\`\`${language}`;
  const commands = text.replaceAll(/\\\n/g, ' ').split('\n');
  return (
    commands.find(
      (line) =>
        !/^(?:(?:fleet-migrate|npm|read|createuser|createdb|export|\.ci\/run|[A-Z_]+=\S+)(?: |$)|#|$)/.test(line),
    ) ?? null
  );
}
