import { hasSeveralPlatforms } from '../../domain/firmware/images.js';
import type { FirmwareCheck, LoadCheck } from '../../domain/firmware/load-check.js';
import { formatBytes } from '../../domain/text/bytes.js';
import { printable, safeJson } from '../../domain/text/printable.js';
import { alignColumns } from '../plain-text.js';

const columns = ['load', 'models', 'ok', 'images', 'size', 'problem'];
const imagesColumn = columns.indexOf('images');

/** The check of a profile's firmware as a table for people. */
export function renderFirmwareCheck({ loads }: FirmwareCheck): string {
  const lines = alignColumns([columns, ...loads.map(loadRow)], new Set([imagesColumn]));
  const missing = loads.filter(({ ok }) => !ok).length;
  const verdict =
    missing === 0
      ? 'All loads and their images are there.'
      : `${missing} of ${loads.length} ${loads.length === 1 ? 'load' : 'loads'} cannot be relied on.`;
  return [...lines, '', `${verdict} Signatures were not verified: only phones hold the keys.`, ''].join('\n');
}

/** The same as JSON, schema `fleet-migrate/firmware-check@1`. */
export function renderFirmwareCheckJson({ files, loads }: FirmwareCheck): string {
  const document = {
    schema: 'fleet-migrate/firmware-check@1',
    files,
    loads: loads.map(({ load, loadFamily, models, url, ok, why, warnings, images, bytes, signatureVerified }) => ({
      ...{ load, loadFamily, models, url, ok, why, warnings },
      images: images.map(({ name, bytes: size }) => ({ name, bytes: size })),
      ...{ bytes, signatureVerified },
    })),
  };
  return `${safeJson(document, 2)}\n`;
}

function loadRow({ load, loadFamily, models, ok, why, warnings, images, bytes }: LoadCheck): string[] {
  const several = hasSeveralPlatforms(
    images.map(({ name }) => name),
    loadFamily,
  );
  const size = bytes === null ? 'unknown' : `${several ? 'at most ' : ''}${formatBytes(bytes)}`;
  return [
    printable(load, 60),
    models.join(', '),
    ok ? 'yes' : 'no',
    images.length === 0 ? '-' : String(images.length),
    ok ? size : '-',
    printable(why ?? warnings.join(' '), 400),
  ];
}
