import type { TextRule } from './text-rule.js';

/** A text of a page, or the value of a control. */
export interface Piece {
  start: number;
  end: number;
  /** Decoded. */
  text: string;
  /** `caption`: of a button or an option. `presence`: a control without a value of its own. */
  kind: 'text' | 'value' | 'password' | 'caption' | 'presence';
  /** How an attribute's value is quoted; absent for a text. */
  quote?: 'quoted' | 'unquoted';
}

/** Pieces that stand in one place. */
export interface PieceCell {
  /** A `label`, `dt` or `th`: never a value. */
  isLabel: boolean;
  pieces: Piece[];
}

/** A piece with what becomes of it. */
export type Put = (piece: Piece, text: string) => void;

/** What was seen in earlier rows. */
export interface Before {
  /** The label seen last. */
  label: string;
  /** The row before was one text that is certainly a label: what follows may be its value. */
  awaitsValue: boolean;
  /** Below a heading of a list of people. */
  inPeopleList: boolean;
}

const isText = ({ kind }: Piece): boolean => kind === 'text';
/** A button holds no value: beside a label it decorates it. */
const isControl = ({ kind }: Piece): boolean => kind !== 'text' && kind !== 'caption';

/** The text in front of a cell's first control; its whole text where it has none. */
function leadingText({ pieces }: PieceCell): string {
  const first = pieces.findIndex(isControl);
  return joined(first < 0 ? pieces : pieces.slice(0, first));
}

function joined(pieces: readonly Piece[]): string {
  return pieces
    .filter(isText)
    .map(({ text }) => text)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function isEmpty({ pieces }: PieceCell): boolean {
  return pieces.every((piece) => isText(piece) && piece.text.trim() === '');
}

/**
 * Tells labels from values in one row of cells, without knowing any label: a row is label, value, label, value, with or without an empty
 * cell between; a row that begins with an empty cell goes on with the value above. In doubt it is a value, which is what is replaced.
 */
export function judgeRow(cells: readonly PieceCell[], before: Before, rule: TextRule, put: Put): void {
  const filled = cells.filter((cell) => !isEmpty(cell));
  const [only] = filled;
  if (!only) return;
  if (filled.length === 1 && cells.length === 1 && !only.pieces.some(isControl))
    return judgeSingle(only, before, rule, put);
  before.awaitsValue = false;
  let pending: string | null = null;
  for (const [at, cell] of cells.entries()) {
    if (isEmpty(cell)) {
      if (pending !== null && beginsWithLabel(cells, at + 1, pending)) pending = null;
      continue;
    }
    // Only below a label is there something to go on with: a page's banner has a picture beside it.
    const goesOn = before.label !== '' && pending === null && at > 0 && filled[0] === cell && filled.length === 1;
    const isNextLabel = cell.isLabel || (pending?.endsWith(':') === true && leadingText(cell).endsWith(':'));
    if (before.inPeopleList || goesOn || (pending !== null && !isNextLabel)) {
      putCell(cell, { as: 'value', label: pending ?? before.label }, rule, put);
      pending = null;
      continue;
    }
    const label = leadingText(cell);
    if (label !== '') before.label = label;
    putCell(cell, { as: 'beside', label }, rule, put);
    pending = cell.pieces.some(isControl) || label === '' ? null : label;
  }
}

/** A text that stands alone: a heading, a sentence, or what belongs to a label above it. */
function judgeSingle(cell: PieceCell, before: Before, rule: TextRule, put: Put): void {
  const text = joined(cell.pieces);
  const isValue = before.awaitsValue && !cell.isLabel && !rule.words.isField(text) && !rule.words.isHeading(text);
  if (rule.words.isPeopleList(text)) before.inPeopleList = true;
  else if (rule.words.isHeading(text)) before.inPeopleList = false;
  const asLabel = !isValue && !(before.inPeopleList && !rule.words.isPeopleList(text));
  putCell(cell, { as: asLabel ? 'alone' : 'value', label: isValue ? before.label : '' }, rule, put);
  before.awaitsValue = asLabel && (cell.isLabel || rule.words.isField(text) || text.endsWith(':'));
  if (asLabel) before.label = text;
}

/** Whether the cells after an empty one begin with a label: if not, one of them is the value, pushed aside by a spacer. */
function beginsWithLabel(cells: readonly PieceCell[], from: number, label: string): boolean {
  const next = cells.findIndex((cell, at) => at >= from && !isEmpty(cell));
  const cell = cells[next];
  if (!cell || cell.isLabel) return true;
  return label.endsWith(':') ? leadingText(cell).endsWith(':') : (cells.length - next) % 2 === 0;
}

function putCell(
  { pieces }: PieceCell,
  { as, label }: { as: 'value' | 'beside' | 'alone'; label: string },
  rule: TextRule,
  put: Put,
): void {
  for (const piece of pieces) {
    const { kind, text } = piece;
    if (kind === 'text') put(piece, as === 'value' ? rule.value(text, label) : rule.label(text, as));
    else if (kind === 'caption') put(piece, rule.option(text, label));
    else if (kind === 'value') put(piece, rule.value(text, label));
    else if (kind === 'password') put(piece, rule.password(text));
  }
}
