import { readdirSync } from 'node:fs';

/** The pages that show what the command prints, from the project's folder. */
export const pagesWithSamples: readonly string[] = [
  'README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
