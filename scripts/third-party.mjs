// What a bundle holds of others, with their licenses: who passes them on has to pass these on as well.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The notices for all packages whose files went into a bundle, by name. Throws for a package that names no license.
 * @param inputs the paths of the files; what a bundler has added itself has none
 */
export function thirdPartyNotices(inputs) {
  const folders = new Set();
  for (const input of inputs) {
    const found = /^(.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(input);
    if (found) folders.add(found[1]);
  }
  const notices = [...folders].map((folder) => {
    const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (!license) throw new Error(`${name} names no license, so it cannot be passed on`);
    const file = readdirSync(folder).find((one) => /^(?:licen[cs]e|copying)(?:[.-].*)?$/i.test(one));
    const text =
      file === undefined
        ? `By ${author?.name ?? author ?? 'its authors'}; its package brings no text of its license.`
        : readFileSync(join(folder, file), 'utf8');
    return { title: `${name} ${version} (${license})`, text };
  });
  notices.sort((a, b) => (a.title < b.title ? -1 : 1));
  return notices.map(({ title, text }) => `${title}\n\n${text.trim()}\n`).join(`\n${'-'.repeat(79)}\n\n`);
}
