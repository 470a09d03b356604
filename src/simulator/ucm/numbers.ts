/** Numbers of the models in `typemodel` and `typeproduct` (docs/knowledge/unified-cm.md#model-numbers). */
const NUMBERS: Readonly<Record<string, readonly [model: number, product: number]>> = {
  '7811': [36213, 36665],
  '7821': [621, 508],
  '7841': [622, 509],
  '7861': [623, 510],
  '7832': [36247, 36700],
  '8811': [36217, 36670],
  '8841': [683, 568],
  '8845': [36224, 36677],
  '8851': [684, 569],
  '8851NR': [36232, 36685],
  '8861': [685, 570],
  '8865': [36225, 36678],
  '8865NR': [36248, 36701],
  '8832': [36258, 36711],
  '8832NR': [36260, 36713],
};

/** A model as the database has it. */
export interface Product {
  /** `8841`; for any other product its name. */
  model: string;
  /** `Cisco 8841`. */
  name: string;
  typeModel: number;
  typeProduct: number;
}

/** All that have numbers. */
export const PRODUCTS: readonly Product[] = Object.entries(NUMBERS).map(([model, [typeModel, typeProduct]]) => ({
  model,
  name: `Cisco ${model}`,
  typeModel,
  typeProduct,
}));

/** The number of a model in `typemodel`; 0 for one that Unified CM does not have. */
export function typeModelOf(model: string): number {
  return NUMBERS[model]?.[0] ?? 0;
}
