import { bitRateForm, filesUrlForm, ownPortForm, plainText } from '../../../config/settings/forms.js';
import { filesCertificateCheck } from '../checks/files.js';
import { servedFolderCheck } from '../checks/served-folder.js';
import type { Rows } from '../row.js';
import { serveAtForm } from '../serve-at.js';

/** The file server that phones fetch firmware and licenses from. */
export const filesRows = {
  files: {
    group: 'What to do',
    form: filesUrlForm,
    writes: true,
    needsProfile: true,
    text: 'The file server with firmware and licenses, such as http://10.0.0.5:6970, https://ucm:6970 or tftp://10.0.0.5',
  },
  serve: {
    group: 'What to do',
    form: plainText('DIR'),
    writes: true,
    needsProfile: true,
    file: 'read',
    check: servedFolderCheck,
    text: 'Be the file server during this run: serve the firmware and licenses of this folder, and the licenses held; --files is then this server unless given',
  },
  'serve-http-port': {
    group: 'What to do',
    form: ownPortForm(6970),
    writes: true,
    needsProfile: true,
    needs: { any: ['serve'], say: 'needs --serve DIR; add it, or leave this out.', elsewhere: 'fine' },
    default: 6970,
    text: 'Port of --serve for HTTP; 0 for any free one',
  },
  'serve-tftp-port': {
    group: 'What to do',
    form: ownPortForm(69),
    writes: true,
    needsProfile: true,
    needs: { any: ['serve'], say: 'needs --serve DIR; add it, or leave this out.', elsewhere: 'fine' },
    text: 'Port of --serve for TFTP, such as 69, which needs a right; 0 for any free one; no TFTP unless given',
  },
  'files-ca': {
    group: 'What to do',
    form: plainText('FILE'),
    many: true,
    writes: true,
    needsProfile: true,
    file: 'read',
    check: filesCertificateCheck,
    text: "PEM file with the certificate of an https file server, such as Unified CM's own, or of its authority; checked with --insecure too; without it those of --ca count",
  },
  link: {
    group: 'What to do',
    form: bitRateForm,
    writes: true,
    needsProfile: true,
    text: 'Speed of the link over which phones fetch firmware, such as 50Mbit: the plan then says how long that takes',
  },
  'serve-at': {
    group: 'How',
    form: serveAtForm,
    writes: true,
    needsProfile: true,
    idleWith: ({ name, ways }, isSet) =>
      ways.includes('resync') || isSet('serve')
        ? null
        : {
            say: `does nothing with the profile ${name}, which does not allow the write method resync, and without --serve; leave it out.`,
            elsewhere: 'fine',
          },
    text: 'Where phones reach this machine: HOST is the address of --serve that they are told; HOST and PORT, where they fetch settings for profiles that allow the write method resync (by default our own address towards each phone and any port)',
  },
} as const satisfies Rows;
