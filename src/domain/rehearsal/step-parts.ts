/** Which part of a step that loads firmware a phone spends how, by when each ends: guesses. */
export const stepParts = {
  /** It has looked at what it was told, and says that it upgrades. */
  begun: 0.02,
  /** The firmware has come over the link. */
  fetched: 0.5,
  /** It is written, and the phone restarts: nobody sees it until it is through. */
  restarting: 0.75,
} as const;

/**
 * How long a phone itself takes for a step (ms), from being told to running the new load, or to the row of its license. What was measured, or is
 * guessed, ends with the proof: a load is seen twice, a license once.
 * @param proofMs from the write to the proof
 * @param pollMs between two looks at it
 */
export function untilThrough(proofMs: number, pollMs: number, loadsFirmware: boolean): number {
  const looksMs = (loadsFirmware ? 1.5 : 0.5) * pollMs;
  return Math.max(proofMs / 2, proofMs - looksMs);
}
