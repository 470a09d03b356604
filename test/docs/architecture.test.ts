import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { nextState, stateEvents, states, type State } from '../../src/domain/progress/state.js';
import { outcomes } from '../../src/domain/progress/outcome.js';
import { filesAt, textOf } from './support/repository.js';

const page = textOf('docs/architecture.md');

/** The lines of every diagram of that kind. */
function diagrams(kind: string): string[] {
  return [...page.matchAll(/^```mermaid\n([\s\S]*?)^```/gm)]
    .map(([, lines = '']) => lines.split('\n').map((line) => line.trim()))
    .filter(([first]) => first?.startsWith(kind))
    .flat();
}

/** An object literal of the linter's configuration, which is YAML as well. */
function lintedRooms(name: string): Record<string, string | string[]> {
  const literal = new RegExp(`const ${name} = (\\{[\\s\\S]*?\\n\\});`).exec(textOf('eslint.config.js'))?.[1];
  return parse(literal ?? '') as Record<string, string | string[]>;
}

describe('the picture of a phone’s way', () => {
  /** `from event to`, a composite state standing for each of those that it holds. */
  function drawnTransitions(): string[] {
    const members = new Map<string, Set<string>>();
    const drawn: string[] = [];
    let within: Set<string> | null = null;
    for (const line of diagrams('stateDiagram')) {
      const composite = /^state (\w+) \{$/.exec(line)?.[1];
      if (composite !== undefined) members.set(composite, (within = new Set()));
      if (line === '}') within = null;
      const [, from = '', to = '', events = ''] = /^(\w+) --> (\w+): (.+)$/.exec(line) ?? [];
      if (from === '') continue;
      within?.add(from);
      for (const one of members.get(from) ?? [from]) {
        for (const event of events.split(', ')) drawn.push(`${one} ${event} ${to}`.replaceAll('_', '-'));
      }
    }
    return drawn.sort();
  }

  it('shows every transition of the table, and no other', () => {
    const table = states.flatMap((from) =>
      stateEvents.flatMap((event) => {
        const to = nextState(from, event);
        return to === null ? [] : [`${from} ${event} ${to}`];
      }),
    );
    expect(drawnTransitions()).toEqual(table.sort());
  });

  it('shows every state and every outcome', () => {
    const shown = new Set(
      drawnTransitions().flatMap((transition) => [transition.split(' ')[0], transition.split(' ')[2]]),
    );
    const all: State[] = [...states, ...outcomes];
    expect([...shown].sort()).toEqual(all.sort());
  });
});

describe('the picture of the rooms', () => {
  it('has the arrows that the linter allows', () => {
    const drawn = diagrams('flowchart').flatMap((line) => {
      const [, from, to] = /^(\w+) --> (.+)$/.exec(line) ?? [];
      return from === undefined || to === undefined ? [] : [[from, to.split(' & ').sort()] as const];
    });
    const allowed = Object.entries(lintedRooms('mayImport')).filter(([, others]) => others.length > 0);
    expect(Object.fromEntries(drawn)).toEqual(
      Object.fromEntries(allowed.map(([room, others]) => [room, [...others].sort()])),
    );
  });

  it('tells every room, and the libraries that only it imports', () => {
    const told = [...page.matchAll(/^\| \[`(\w+)`\]\(\.\.\/src\/\w+\) \|[^|]+\|([^|]*)\|/gm)].map(
      ([, room, libraries = '']) => `${room ?? ''}: ${libraries.trim().replace(', shared', '')}`,
    );
    const owners = Object.entries(lintedRooms('onlyIn'));
    const linted = Object.keys(lintedRooms('mayImport')).map((room) => {
      const owned = owners.filter(([, owner]) => [owner].flat().includes(room)).map(([library]) => library);
      return `${room}: ${owned.join(', ')}`;
    });
    expect(told.sort()).toEqual(linted.sort());
    const folders = new Set(filesAt('src').flatMap((file) => /^src\/(\w+)\//.exec(file)?.[1] ?? []));
    expect(told.map((line) => line.split(':')[0])).toEqual([...folders].sort());
  });
});

describe('the folders of the source', () => {
  it('hold at most 14 files each, as a concept does', () => {
    const held = new Map<string, number>();
    for (const file of filesAt('src')) {
      const folder = file.slice(0, file.lastIndexOf('/'));
      held.set(folder, (held.get(folder) ?? 0) + 1);
    }
    expect([...held].filter(([, files]) => files > 14)).toEqual([]);
  });
});
