import type { JSX } from 'preact';

/** Where the script puts the table of phones. */
export function PhonesPlace({ count }: { count: number }): JSX.Element {
  return (
    <section aria-labelledby="phones">
      <h2 id="phones" tabIndex={-1}>
        Phones
      </h2>
      {count === 0 ? (
        <p>No phone is listed.</p>
      ) : (
        <>
          <div id="phones-table">
            <p>Reading {count === 1 ? '1 entry' : `${count} entries`} …</p>
          </div>
          <noscript>
            <p>The table of phones needs JavaScript. Without it, fleet-migrate report --output csv lists them all.</p>
          </noscript>
        </>
      )}
    </section>
  );
}
