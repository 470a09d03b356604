/** About how much text is passed on at once, in UTF-16 units: large enough for efficient writes, small enough for 50,000 phones. */
const pieceLength = 65_536;

/** Gathers small texts into pieces of about 64 KB, so that a report is neither held whole nor written in tiny writes. */
export function* inPieces(texts: Iterable<string>): Generator<string> {
  let piece = '';
  for (const text of texts) {
    piece += text;
    if (piece.length >= pieceLength) {
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}
