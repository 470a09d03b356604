import { createInterface } from 'node:readline';
import { wrap } from '../../report/plain-text.js';
import { roomOn } from '../terminal/room.js';

/** Thrown where the terminal was left before the last answer. */
export class LeftEarly extends Error {
  constructor(readonly how: 'interrupted' | 'ended') {
    super(how);
  }
}

/** Asks one question after the other; lines that are pasted ahead are kept for the questions to come. */
export interface Terminal {
  /** @throws LeftEarly */
  ask(question: string): Promise<string>;
  say(text: string): void;
  /** How long lines may be. */
  room(): number;
  close(): void;
}

/** Opens the terminal for questions. */
export function openTerminal(input: NodeJS.ReadableStream, output: NodeJS.WriteStream): Terminal {
  const lines = createInterface({ input, output, terminal: true, historySize: 0 });
  const early: string[] = [];
  let left: LeftEarly | null = null;
  let waiting: { answer: (line: string) => void; leave: (why: LeftEarly) => void } | null = null;
  const leave = (how: LeftEarly['how']): void => {
    left ??= new LeftEarly(how);
    waiting?.leave(left);
  };
  lines
    .on('line', (line) => {
      if (waiting === null) early.push(line);
      else waiting.answer(line);
      waiting = null;
    })
    .on('SIGINT', () => leave('interrupted'))
    .on('close', () => leave('ended'));
  // A terminal that is gone ends the questions, too.
  input.on('error', () => leave('ended'));
  return {
    say: (text) => void output.write(text),
    room: () => roomOn(output),
    close: () => lines.close(),
    async ask(question) {
      const before = early.shift();
      // The answer stands behind the last line; what is before it, the line editor need not know.
      const asked = wrap(question.trimEnd(), Math.max(roomOn(output), output.columns || 0) - 1);
      output.write(
        asked
          .slice(0, -1)
          .map((line) => `${line}\n`)
          .join(''),
      );
      lines.setPrompt(`${asked.at(-1)} `);
      lines.prompt();
      if (before !== undefined) {
        output.write(`${before}\n`);
        return before;
      }
      if (left !== null) throw left;
      try {
        return await new Promise<string>((resolve, reject) => (waiting = { answer: resolve, leave: reject }));
      } finally {
        waiting = null;
      }
    },
  };
}
