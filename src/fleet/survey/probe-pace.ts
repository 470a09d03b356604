import type { Clock } from '../../domain/ports/clock.js';

/** Most phones that are there have taken the connection by then (ms); an address that has not is most likely dark. Over a slow line it is more. */
const [leastAnswerMs, mostAnswerMs] = [80, 1_000];
/** How much the latest address tells about the next ones: after twenty of another kind, it is mostly those that count. */
const weight = 0.05;
/** So few expected answers are most likely none. */
const expectedNone = 0.5;

/** Says that the address has answered, or has not. */
export type Answered = (answered: boolean) => void;

/**
 * How many addresses are asked at once, so that those that answer can be read soon: a phone that has to wait is left without the connection
 * that has found it, and needs another. Where phones stand close together only as many are asked as can be read; dark addresses are asked
 * as many as may be.
 */
export class ProbePace {
  /** Asked a moment ago: these may still answer. */
  #young = 0;
  readonly #waiting: (() => void)[] = [];
  #answerMs = leastAnswerMs;
  /** One was asked without room a moment ago. */
  #hasTried = false;

  /** The part of the latest addresses that have answered; all of them, as long as nothing is known. */
  #share = 1;

  /** @param room how many more phones could be read now or soon */
  constructor(
    private readonly clock: Pick<Clock, 'after' | 'monotonic'>,
    private readonly room: () => number,
  ) {}

  /** Resolves when one more address may be asked. */
  async turn(): Promise<Answered> {
    if (this.#mayAsk()) this.#young += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const askedAt = this.clock.monotonic();
    let isYoung = true;
    let isLate = false;
    const settle: Answered = (answered) => {
      if (isYoung) {
        isYoung = false;
        cancel();
        this.#share += weight * ((answered ? 1 : 0) - this.#share);
        this.#young -= 1;
        this.wake();
      } else if (answered && isLate) {
        isLate = false;
        // It was taken for dark: over a slow line all are late.
        this.#share = Math.min(1, this.#share + weight);
        const took = this.clock.monotonic() - askedAt;
        this.#answerMs = Math.min(mostAnswerMs, Math.max(this.#answerMs, 1.5 * took));
      }
    };
    // What has arrived while this process was busy is seen first.
    const cancel = this.clock.after(this.#answerMs, () =>
      setImmediate(() => {
        isLate = isYoung;
        settle(false);
      }),
    );
    return settle;
  }

  /** There may be room again. */
  wake(): void {
    while (this.#waiting.length > 0 && this.#mayAsk()) {
      this.#young += 1;
      this.#waiting.shift()?.();
    }
  }

  #mayAsk(): boolean {
    const room = this.room();
    if ((this.#young + 1) * this.#share <= Math.max(expectedNone, room)) return true;
    if (room >= 1 || this.#hasTried) return false;
    // One now and then, or dark space behind phones that are slow to read would never be seen to be dark.
    this.#hasTried = true;
    this.clock.after(leastAnswerMs, () => {
      this.#hasTried = false;
      this.wake();
    });
    return true;
  }
}
