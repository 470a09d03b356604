import type { PageRow } from '../page-row.js';

/** The rows that `pack` made these lines of, so many at a time. */
export async function* unpack(lines: string): AsyncGenerator<PageRow[]> {
  for (const line of lines.split('\n').filter((text) => text.trim() !== '')) {
    const bytes = Uint8Array.from(atob(line.trim()), (letter) => letter.charCodeAt(0));
    const json = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    yield (await new Response(json).json()) as PageRow[];
  }
}
