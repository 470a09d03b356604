import type { Ucm, UcmChoice, UcmPhone } from '../../ucm/ucm.js';

/** The 7800 and 8800 phones of a cluster, in the order that it tells them. */
export interface ChosenPhones {
  /** Also those that are not chosen: phones behind one proxy are told by its address, whichever of them are. */
  all: UcmPhone[];
  /** Names of those that are chosen. */
  chosen: ReadonlySet<string>;
}

/** Reads a cluster's phones and which of them are chosen. @throws UcmError */
export async function chosenPhones(ucm: Pick<Ucm, 'phones'>, choice: UcmChoice): Promise<ChosenPhones> {
  const all = await listOf(ucm.phones({}));
  const isChoosing = (choice.devicePools?.length ?? 0) > 0 || choice.match !== undefined;
  const chosen = isChoosing ? await listOf(ucm.phones(choice)) : all;
  return { all, chosen: new Set(chosen.map(({ name }) => name)) };
}

async function listOf(phones: AsyncIterable<UcmPhone>): Promise<UcmPhone[]> {
  const list: UcmPhone[] = [];
  for await (const phone of phones) list.push(phone);
  return list;
}
