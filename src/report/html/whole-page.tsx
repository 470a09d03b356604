import type { JSX } from 'preact';
import { render } from 'preact-render-to-string';
import { type PageAssets, policyHash } from './assets.js';

/** What stands on a page that is one file. All texts are printable. */
export interface WholePage {
  title: string;
  /** Of fleet-migrate. */
  version: string;
  /** What is shown. Within it, what `skip` leads to. */
  body: JSX.Element;
  /** By which those who go by keys leave out what comes before. */
  skip: { to: string; text: string };
  /** What its script makes charts and the table of. */
  data: JSX.Element;
}

/**
 * One HTML file that needs nothing else: it opens without a network, loads nothing, and runs no script but its own, by its content security
 * policy. What phones showed stands in it as text only. Yielded in pieces.
 */
export function* wholePage({ title, version, body, skip, data }: WholePage, assets: PageAssets): Generator<string> {
  const { style, script } = assets;
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
      <title>{title}</title>
    </>
  );
  const whole = (
    <>
      <a class="skip" href={skip.to}>
        {skip.text}
      </a>
      {body}
    </>
  );
  yield `<!doctype html>\n<html lang="en">\n<head>\n${render(head)}\n<style>${style}</style>\n</head>\n`;
  yield `<body>\n${render(whole)}\n`;
  yield `${render(data)}\n`;
  yield `<script>${script}</script>\n</body>\n</html>\n`;
}
