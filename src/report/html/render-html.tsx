import { render } from 'preact-render-to-string';
import type { RunStory } from '../../domain/report/story/story.js';
import { printable } from '../../domain/text/printable.js';
import type { SummaryOptions } from '../summary/summary.js';
import { type PageAssets, policyHash } from './assets.js';
import { titleOf } from './parts/headline.js';
import { Story, StoryData } from './story.js';

/**
 * The report of a run as one HTML file that needs nothing else: it opens without a network, loads nothing, and runs no script but its own, by
 * its content security policy. What phones showed stands in it as text only. Yielded in pieces.
 */
export function* renderHtml(story: RunStory, { style, script }: PageAssets, next: SummaryOptions): Generator<string> {
  const { run } = story.report;
  const version = printable(run.version, 40);
  const policy = [
    ...["default-src 'none'", "base-uri 'none'", "form-action 'none'"],
    ...[`style-src ${policyHash(style)}`, `script-src ${policyHash(script)}`],
  ].join('; ');
  const head = (
    <>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={policy} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="generator" content={`fleet-migrate ${version}`} />
      <title>{`${titleOf(story.report)}, run ${printable(run.id, 60)}`}</title>
    </>
  );
  const body = (
    <>
      <a class="skip" href="#phones">
        To the phones
      </a>
      <Story story={story} next={next} />
      <footer>
        <p>
          Made by fleet-migrate {version} from its store. All times are UTC. This file loads nothing and sends nothing.
        </p>
      </footer>
    </>
  );
  yield `<!doctype html>\n<html lang="en">\n<head>\n${render(head)}\n<style>${style}</style>\n</head>\n`;
  yield `<body>\n${render(body)}\n`;
  yield `${render(<StoryData story={story} />)}\n`;
  yield `<script>${script}</script>\n</body>\n</html>\n`;
}
