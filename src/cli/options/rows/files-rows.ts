import { bitRateForm, filesUrlForm, plainText } from '../../../config/settings/forms.js';
import { filesCertificateCheck } from '../checks/files.js';
import type { Rows } from '../row.js';

/** The file server that phones fetch firmware and licenses from. */
export const filesRows = {
  files: {
    group: 'What to do',
    form: filesUrlForm,
    writes: true,
    needsProfile: true,
    text: 'The file server with firmware and licenses, such as http://10.0.0.5:6970, https://ucm:6970 or tftp://10.0.0.5',
  },
  'files-ca': {
    group: 'What to do',
    form: plainText('FILE'),
    many: true,
    writes: true,
    needsProfile: true,
    file: 'read',
    check: filesCertificateCheck,
    idleBeside: {
      any: ['insecure'],
      say: 'does nothing with --insecure, which checks no certificate; leave one of them out.',
      elsewhere: 'warning',
    },
    text: "PEM file with the certificate of an https file server, such as Unified CM's own, or of its authority; without it those of --ca count",
  },
  link: {
    group: 'What to do',
    form: bitRateForm,
    writes: true,
    needsProfile: true,
    text: 'Speed of the link over which phones fetch firmware, such as 50Mbit: the plan then says how long that takes',
  },
} as const satisfies Rows;
