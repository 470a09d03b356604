import type { JSX } from 'preact';
import type { PageColumn } from '../page-row.js';
import type { View } from './choose.js';

interface ControlsProps {
  view: View;
  values: (column: PageColumn) => string[];
  onView: (change: Partial<View>) => void;
}

/** Columns with a choice of their own. */
const choices: readonly (readonly [PageColumn, string])[] = [
  ['outcome', 'Outcome'],
  ['model', 'Model'],
  ['firmware', 'Firmware'],
  ['site', 'Site'],
  ['verdict', 'Verdict'],
];

/** What narrows the table: a search, choices, and what a link has chosen besides. */
export function Controls({ view, values, onView }: ControlsProps): JSX.Element {
  const choose = (column: PageColumn, value: string): void => {
    const { [column]: _before, ...others } = view.is;
    onView({ is: value === '' ? others : { ...others, [column]: value } });
  };
  const named = choices.map(([column]) => column);
  const linked = (Object.entries(view.is) as [PageColumn, string][]).filter(([column]) => !named.includes(column));
  return (
    <form class="controls" role="search" onSubmit={(event) => event.preventDefault()}>
      <label>
        Search
        <input
          type="search"
          value={view.q}
          placeholder="address, MAC, serial number, reason …"
          onInput={(event) => onView({ q: event.currentTarget.value })}
        />
      </label>
      {choices.map(([column, name]) => (
        <Choice
          name={name}
          value={view.is[column] ?? ''}
          values={values(column)}
          onChoose={(to) => choose(column, to)}
        />
      ))}
      <label class="check">
        <input
          type="checkbox"
          checked={view.isUrgent}
          onChange={(event) => onView({ isUrgent: event.currentTarget.checked })}
        />
        Needs somebody
      </label>
      {view.isPhone && <Chosen text="Phones only" onRemove={() => onView({ isPhone: false })} />}
      {view.code !== '' && <Chosen text={`Cause: ${view.code}`} onRemove={() => onView({ code: '' })} />}
      {linked.map(([column, value]) => (
        <Chosen text={`${column}: ${value}`} onRemove={() => choose(column, '')} />
      ))}
    </form>
  );
}

interface ChoiceProps {
  name: string;
  value: string;
  values: readonly string[];
  onChoose: (value: string) => void;
}

function Choice({ name, value, values, onChoose }: ChoiceProps): JSX.Element | null {
  if (values.length < 2 && value === '') return null;
  // A link may name what no phone has.
  const all = values.includes(value) || value === '' ? values : [value, ...values];
  return (
    <label>
      {name}
      <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="">any</option>
        {all.map((one) => (
          <option value={one}>{one}</option>
        ))}
      </select>
    </label>
  );
}

function Chosen({ text, onRemove }: { text: string; onRemove: () => void }): JSX.Element {
  return (
    <button type="button" class="chosen" aria-label={`Remove ${text}`} onClick={onRemove}>
      {text} ✕
    </button>
  );
}
