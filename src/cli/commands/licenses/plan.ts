import { shippedModels } from '../../../config/profiles/as-shipped.js';
import type { LicensePlan } from '../../../domain/licenses/plan.js';
import { printable } from '../../../domain/text/printable.js';
import { refuseProblems, UsageError } from '../../../domain/text/usage-error.js';
import { findPhones, planHeldLicenses } from '../../../licenses/plan.js';
import { checkWritable } from '../../../report/formats/whole-file.js';
import { renderPlan, renderPlanCsv, renderPlanJson } from '../../../report/licenses/plan-text.js';
import {
  checkSheetPath,
  olderParts,
  type Sheet,
  sheetPaths,
  usualTitles,
  writeSheet,
} from '../../../report/licenses/sheets.js';
import type { LicensesPlanWords } from '../../options/license-rows.js';
import type { Given } from '../../../conduct/options/sources.js';
import { readStoreIfAny, storePath } from '../../../conduct/options/store-option.js';
import { filesOfStore, sameFiles } from '../../../conduct/check/distinct-files.js';
import { systemClock } from '../../../conduct/system-clock.js';
import { exitCodes } from '../../../conduct/exit-code.js';
import { writeOut } from '../../terminal/write-out.js';
import { whichPhones } from './which-phones.js';
import { onStandardError } from '../../terminal/aside.js';

/**
 * `licenses plan`: how many licenses a fleet needs, holds and has to order; contacts nothing. Exit code 1 while some phone's license cannot
 * be ordered, nothing says which firmware a phone runs, or rows of a list do not say which phone they are. @throws UsageError
 */
export async function licensesPlanCommand({ settings }: Given, words: LicensesPlanWords): Promise<number> {
  const { direction, output } = words;
  if (direction === null)
    throw new UsageError(
      'licenses plan needs the direction: --direction e2m (from Enterprise to Multiplatform) or --direction m2e (back).',
    );
  const which = whichPhones(words);
  const sheets = sheetsOf(words);
  for (const sheet of sheets) checkSheetPath(sheet);
  const models = await shippedModels();
  const skus = models.licenses.orders.filter((order) => order.direction === direction).map(({ sku }) => sku);
  if (words.sku !== null && !skus.includes(words.sku))
    throw new UsageError(`--sku ${words.sku}: the order numbers of ${direction} are ${skus.join(' and ')}.`);
  const { plan, warnings } = await readStoreIfAny(settings, onStandardError, async (store) => {
    const found = await findPhones(store, which, systemClock);
    return { plan: await planHeldLicenses(store, found, direction, models), warnings: found.warnings };
  });
  // By order number: an order is for one of them.
  const toOrder = skus
    .filter((sku) => words.sku === null || sku === words.sku)
    .flatMap((sku) => plan.phones.filter((phone) => phone.state === 'needed' && phone.sku === sku));
  const written = sheets.flatMap((sheet) =>
    sheetPaths(sheet, toOrder.length).map((path) => ({ option: sheet.option, path, what: sheet.what })),
  );
  const read = words.inventory.map((path) => ({ option: '--inventory', path }));
  refuseProblems(sameFiles([...filesOfStore({ option: '--db', path: storePath(settings) }), ...written], read));
  for (const file of written) await checkWritable(file);
  for (const { path, text } of warnings) process.stderr.write(`fleet-migrate: ${printable(path)}: ${text}\n`);
  await writeOut(process.stdout, [rendered(plan, output)]);
  for (const sheet of sheets) {
    const paths = await writeSheet(sheet, toOrder);
    const older = olderParts(sheet, paths);
    process.stderr.write(
      `fleet-migrate: ${toOrder.length} phones to order for were written to ${paths.map((path) => printable(path)).join(', ')}${older.length === 0 ? '' : `; not of this plan: ${older.map((path) => printable(path)).join(', ')}`}\n`,
    );
  }
  // Counted as if it would move, which is not known; and phones of rows that name none are not counted at all.
  const isSure = plan.missing.length === 0 && plan.familyUnknown === 0 && plan.unidentified === 0;
  return isSure ? exitCodes.ok : exitCodes.attention;
}

function rendered(plan: LicensePlan, output: LicensesPlanWords['output']): string {
  switch (output) {
    case 'json':
      return renderPlanJson(plan);
    case 'csv':
      return renderPlanCsv(plan);
    case 'table':
      return renderPlan(plan);
  }
}

function sheetsOf({ macs, devices, title, partSize }: LicensesPlanWords): Sheet[] {
  const titles = { ...usualTitles, ...Object.fromEntries(title.map(({ field, title: text }) => [field, text])) };
  const sheets: Sheet[] = [];
  if (macs !== null)
    sheets.push({ what: 'The list of MACs', option: '--macs', path: macs, fields: ['mac'], titles, partSize });
  if (devices !== null)
    sheets.push({
      ...{ what: 'The list of devices', option: '--devices', path: devices, titles, partSize },
      fields: ['productId', 'vid', 'mac', 'serial'],
    });
  if (sheets.length === 0 && title.length > 0)
    throw new UsageError('--title names a column of --macs or --devices; add one of them, or leave it out.');
  return sheets;
}
