import type { JSX } from 'preact';
import type { PageRow } from '../page-row.js';

/** All that is known of one phone: what it is, and what happened with it. */
export function Details({
  row: { key, facts, moments, more },
}: {
  row: Pick<PageRow, 'key' | 'facts' | 'moments' | 'more'>;
}): JSX.Element {
  return (
    <div class="phone">
      <dl>
        {facts.map(([name, text]) => (
          <div>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {more && (
        <p>
          <a href={more.href}>{more.text}</a>
        </p>
      )}
      {moments.length > 0 && (
        <ol aria-label={`What happened with ${key}`}>
          {moments.map(([at, what, text]) => (
            <li>
              <time dateTime={at}>{at.slice(0, 19).replace('T', ' ')}</time> <b>{what}</b> {text}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
