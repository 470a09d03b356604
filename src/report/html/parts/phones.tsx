import type { JSX } from 'preact';

interface PhonesPlaceProps {
  count: number;
  title?: string;
  /** Where else they are to be had. */
  otherwise?: string;
}

/** Where the script puts the table of phones. */
export function PhonesPlace({
  count,
  title = 'Phones',
  otherwise = 'Without it, fleet-migrate report --output csv lists them all.',
}: PhonesPlaceProps): JSX.Element {
  return (
    <section aria-labelledby="phones">
      <h2 id="phones" tabIndex={-1}>
        {title}
      </h2>
      {count === 0 ? (
        <p>No phone is listed.</p>
      ) : (
        <>
          <div id="phones-table">
            <p>Reading {count === 1 ? '1 entry' : `${count} entries`} …</p>
          </div>
          <noscript>
            <p>The table of phones needs JavaScript. {otherwise}</p>
          </noscript>
        </>
      )}
    </section>
  );
}
