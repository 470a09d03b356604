import type { Addresses, HostName } from '../../domain/network/address-forms.js';
import type { TargetHint } from '../target.js';

/** One row of an inventory, validated. */
export interface InventoryRow {
  /** Null: the row has a MAC and no address. */
  address: Addresses | HostName | null;
  hint: TargetHint;
  /** The line on which the row begins, from 1. */
  line: number;
}

/** Why a row is no phone. */
export type Skip =
  /** It is of a device that is no phone: a soft client, an adapter, a port. */
  | 'other-device'
  /** `SEP` and something that is no MAC. */
  | 'broken-name'
  /** A lease that has ended, a host that is down. */
  | 'inactive'
  /** Its only address is IPv6, and it has no MAC. */
  | 'ipv6'
  /** Neither an address nor a MAC. */
  | 'nothing'
  /** Several addresses in one cell. */
  | 'several'
  /** No row: the last one may be cut off. */
  | 'cut-off'
  | 'above'
  | 'below'
  | 'comment';

/** One row as a file of any form has it. */
export interface RawRow {
  /** The names of the columns; the same array for rows of the same columns. */
  names: readonly string[];
  cells: readonly string[];
  line: number;
  /** Set when the form itself says that this is no phone. */
  skip?: Skip;
  /** Cells of one column stand in several, as its text holds the separator; which ones is to be found out. */
  isLonger?: true;
}

/** As many rows are looked at to tell what a list is; titles above a header are fewer. */
export const sampleRows = 60;
