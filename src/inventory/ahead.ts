/** How many are under way at once: enough that names which do not resolve do not hold up the others for minutes. */
const AT_ONCE = 16;

/**
 * Maps items one after the other, results in the order of the items, while the work for the next few is already under way.
 * Items are taken only as results are asked for. A rejection is thrown at its item's turn.
 */
export async function* inOrderAhead<Item, Result>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const underWay: Promise<Result>[] = [];
  const start = (item: Item): void => {
    const result = work(item);
    // Handled at its turn, which never comes when the reader stops before.
    result.catch(() => undefined);
    underWay.push(result);
  };
  for (const item of items) {
    start(item);
    if (underWay.length < AT_ONCE) continue;
    const first = underWay.shift();
    if (first) yield await first;
  }
  for (const result of underWay) yield await result;
}
