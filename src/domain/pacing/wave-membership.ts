import { rank } from '../text/rank.js';
import { type WaveSpec, waveSizes } from './waves.js';

/** What decides a phone's wave. */
export interface WavePhone {
  /** Names the phone and no other: its MAC. */
  key: string;
  model: string | null;
  subnet: string;
  site: string | null;
}

/** Phones that are alike: of one model in one place. */
interface Stratum {
  model: string;
  subnet: string;
  site: string;
  /** Indexes of the phones that have no wave yet, the next one last. */
  left: number[];
  size: number;
  /** How many of its phones have a wave. */
  visits: number;
}

/**
 * Assigns every phone to a wave. Returns the index of each phone's wave, in the order of `phones`.
 *
 * A wave is as mixed as its size allows, so that a canary means something: models take turns, a model's next phone comes from the place
 * that had the fewest, and once a wave has a phone of each kind the rest is taken in proportion. The very first phone is of the most
 * common model. Which phone of a kind is taken depends on `seed` alone, neither on the order of `phones` nor on chance.
 */
export function assignWaves(phones: readonly WavePhone[], spec: WaveSpec, seed: number | string): number[] {
  const strata = stratify(phones, seed);
  const waveOf = new Array<number>(phones.length).fill(0);
  const models = modelsByFrequency(strata);
  for (const [wave, size] of waveSizes(spec, phones.length).entries()) {
    const take = (stratum: Stratum): void => {
      const index = stratum.left.pop();
      if (index !== undefined) waveOf[index] = wave;
      stratum.visits += 1;
    };
    const covered = oneOfEach(models, size, take);
    inProportion(strata, size - covered, take);
  }
  return waveOf;
}

/** By rank, as are the phones in each: the seed decides everything that the order of a list could decide. */
function stratify(phones: readonly WavePhone[], seed: number | string): Stratum[] {
  const strata = new Map<string, Stratum>();
  const ranked = phones
    .map((phone, index) => ({ phone, index, rank: rank(`${seed}/${phone.key}`) }))
    .sort((a, b) => b.rank - a.rank || (a.phone.key < b.phone.key ? 1 : -1));
  for (const { phone, index } of ranked) {
    const [model, site, subnet] = [phone.model ?? '', phone.site ?? '', phone.subnet];
    const name = JSON.stringify([model, site, subnet]);
    const stratum = strata.get(name) ?? { model, site, subnet, left: [], size: 0, visits: 0 };
    stratum.left.push(index);
    stratum.size += 1;
    strata.set(name, stratum);
  }
  return [...strata]
    .map(([name, stratum]) => ({ name, stratum, rank: rank(`${seed}/${name}`) }))
    .sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1))
    .map(({ stratum }) => stratum);
}

interface Model {
  strata: Stratum[];
  phones: number;
}

/** The most common first, so that it is the one that begins. */
function modelsByFrequency(strata: readonly Stratum[]): Model[] {
  const models = new Map<string, Model>();
  for (const stratum of strata) {
    const model = models.get(stratum.model) ?? { strata: [], phones: 0 };
    model.strata.push(stratum);
    model.phones += stratum.size;
    models.set(stratum.model, model);
  }
  return [...models.values()].sort((a, b) => b.phones - a.phones);
}

/** Takes a phone of each stratum or, if the wave is too small for that, of strata as different as possible. */
function oneOfEach(models: readonly Model[], room: number, take: (stratum: Stratum) => void): number {
  const open = models
    .map((model) => ({ model, strata: model.strata.filter(({ left }) => left.length > 0), taken: 0 }))
    .filter(({ strata }) => strata.length > 0);
  const all = open.flatMap(({ strata }) => strata);
  if (all.length <= room) {
    all.forEach(take);
    return all.length;
  }
  const inSite = new Map<string, number>();
  const inSubnet = new Map<string, number>();
  for (let taken = 0; taken < room; taken += 1) {
    const turn = best(
      open.filter(({ strata }) => strata.length > 0),
      (a, b) => a.taken - b.taken || visits(a.model) - visits(b.model),
    );
    const stratum = best(
      turn.strata,
      (a, b) =>
        a.visits - b.visits ||
        counted(inSite, a.site) - counted(inSite, b.site) ||
        counted(inSubnet, a.subnet) - counted(inSubnet, b.subnet) ||
        b.left.length - a.left.length,
    );
    take(stratum);
    turn.strata.splice(turn.strata.indexOf(stratum), 1);
    turn.taken += 1;
    inSite.set(stratum.site, counted(inSite, stratum.site) + 1);
    inSubnet.set(stratum.subnet, counted(inSubnet, stratum.subnet) + 1);
  }
  return room;
}

function visits({ strata }: Model): number {
  return strata.reduce((sum, stratum) => sum + stratum.visits, 0);
}

function counted(counts: ReadonlyMap<string, number>, name: string): number {
  return counts.get(name) ?? 0;
}

/** Takes `room` phones, from each stratum its share of what is left; phones left by rounding go to the largest remainders. */
function inProportion(strata: readonly Stratum[], room: number, take: (stratum: Stratum) => void): void {
  const total = strata.reduce((sum, { left }) => sum + left.length, 0);
  if (room <= 0 || total === 0) return;
  // In whole numbers, so that no rounding of fractions makes a phone too many or too few.
  const shares = strata.map((stratum) => {
    const part = (stratum.left.length * room) % total;
    return { stratum, part, phones: (stratum.left.length * room - part) / total };
  });
  let over = room - shares.reduce((sum, { phones }) => sum + phones, 0);
  for (const { stratum, phones } of shares.sort((a, b) => b.part - a.part)) {
    const extra = over > 0 ? 1 : 0;
    over -= extra;
    for (let times = phones + extra; times > 0; times -= 1) take(stratum);
  }
}

/** The first of the smallest items. @throws RangeError if there is none */
function best<T>(items: readonly T[], compare: (a: T, b: T) => number): T {
  return items.reduce((least, item) => (compare(item, least) < 0 ? item : least), first(items));
}

function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new RangeError('nothing to choose from');
  return item;
}
