/** A phone model as the simulator knows it. */
export interface Model {
  /** `8841`, `8851NR`. */
  model: string;
  /** The first part of its load names (docs/knowledge/hardware.md#models-and-load-families). */
  loadFamily: string;
  /** Line keys, each with its own Ext tab. */
  lines: number;
  /** Whether key expansion modules fit, so that the page has an Att Console tab. */
  attendant: boolean;
  /** Hardware versions (VID) seen on made-up phones; none above 14 unless a scenario says so. */
  vids: readonly string[];
  /** Whether Enterprise firmware exists for it at all: not for the 6800. */
  enterprise: boolean;
}

const OLD_AND_NEW = ['V01', 'V03', 'V05', 'V08', 'V11', 'V13'];

function model(name: string, loadFamily: string, lines: number, more: Partial<Model> = {}): [string, Model] {
  const entry: Model = {
    model: name,
    loadFamily,
    lines,
    attendant: false,
    vids: OLD_AND_NEW,
    enterprise: true,
    ...more,
  };
  return [name, entry];
}

/** Every model the simulator can be. */
export const MODELS: ReadonlyMap<string, Model> = new Map([
  model('7811', 'sip78xx', 1),
  model('7821', 'sip78xx', 2, { vids: ['V03', 'V05', 'V10', 'V16'] }),
  model('7841', 'sip78xx', 4, { vids: ['V04', 'V06', 'V12'] }),
  model('7861', 'sip78xx', 16, { vids: ['V03', 'V07', 'V11'] }),
  model('7832', 'sip7832', 1),
  model('8811', 'sip88xx', 5),
  model('8832', 'sip8832', 1),
  model('8841', 'sip88xx', 5),
  model('8851', 'sip88xx', 5, { attendant: true }),
  model('8851NR', 'sip88xx', 5, { attendant: true }),
  model('8861', 'sip88xx', 5, { attendant: true }),
  model('8845', 'sip8845_65', 5),
  model('8865', 'sip8845_65', 5, { attendant: true }),
  model('8832NR', 'sip8832', 1),
  model('8865NR', 'sip8845_65', 5, { attendant: true }),
  model('6841', 'sip68xx', 4, { enterprise: false }),
]);

/**
 * The model of that name.
 * @throws RangeError for an unknown one: scenarios are checked before.
 */
export function modelNamed(name: string): Model {
  const found = MODELS.get(name);
  if (found === undefined) throw new RangeError(`unknown model ${name}`);
  return found;
}

/** `sip88xx` and the others. */
export const LOAD_FAMILIES: ReadonlySet<string> = new Set([...MODELS.values()].map((entry) => entry.loadFamily));

/** A model as it stands before an ending of its product id: where the ending says that there is no radio, the model does not. */
export function modelBefore(ending: string, model: string): string {
  return /-NR(?![A-Z0-9])/.test(ending) ? model.replace(/NR$/, '') : model;
}
