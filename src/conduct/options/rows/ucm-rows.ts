import { plainText, portForm, switchForm } from '../../../config/settings/forms.js';
import {
  devicePoolForm,
  loadServerForm,
  matchForm,
  ucmHostForm,
  ucmUsernameForm,
} from '../../../config/settings/ucm-forms.js';
import { ucmCertificateCheck } from '../checks/files.js';
import { variableForm } from '../access/variable-name.js';
import type { Companions, Rows } from '../row.js';

const group = 'Unified CM';

/** Only of use with `--ucm`. A file may hold it for other runs, unless a run without it would do more than was meant. */
const ofUcm = (elsewhere: Companions['elsewhere']): Companions => ({
  any: ['ucm'],
  say: 'does nothing without --ucm HOST, the publisher of Unified CM; add it, or leave this out.',
  elsewhere,
});

/** Unified CM: where it is, who asks it, and which of its phones are meant. */
export const ucmRows = {
  ucm: {
    group,
    form: ucmHostForm,
    text: "The cluster's publisher, such as cucm.example.com: its phones are read from there (docs/unified-cm.md)",
  },
  'ucm-port': {
    group,
    form: portForm(8443),
    needs: ofUcm('fine'),
    default: 8443,
    text: 'Port of its services (AXL, RisPort, Control Center)',
  },
  'ucm-username': {
    group,
    form: ucmUsernameForm,
    resume: 'anew',
    needs: ofUcm('fine'),
    text: 'The user of Unified CM that asks; fleet-migrate ucm check says what it may do',
  },
  'ucm-password-env': {
    group,
    form: variableForm('UCM_PASSWORD'),
    resume: 'anew',
    needs: ofUcm('fine'),
    text: "Environment variable with that user's password",
  },
  'ucm-password-file': {
    group,
    form: plainText('FILE'),
    resume: 'anew',
    file: 'read',
    isPrivate: true,
    needs: ofUcm('fine'),
    text: 'File with that password as its only line; a relative path starts at the working folder, in the configuration file at its folder',
  },
  'ucm-ca': {
    group,
    form: plainText('FILE'),
    many: true,
    file: 'read',
    check: ucmCertificateCheck,
    needs: ofUcm('fine'),
    idleBeside: {
      any: ['ucm-insecure'],
      say: 'does nothing with --ucm-insecure, which checks no certificate; leave one of them out.',
      elsewhere: 'warning',
    },
    text: "PEM file with Unified CM's own certificate (tomcat), or that of its authority",
  },
  'ucm-insecure': {
    group,
    form: switchForm,
    needs: ofUcm('fine'),
    default: false,
    text: "Do not check Unified CM's certificate: whoever answers in its place is given the password",
  },
  'ucm-files-port': {
    group,
    form: portForm(6970),
    writes: true,
    needs: ofUcm('fine'),
    default: 6970,
    text: 'Port where its TFTP servers also give files over HTTP',
  },
  'load-server': {
    group,
    form: loadServerForm,
    writes: true,
    needs: ofUcm('warning'),
    text: "Where phones take firmware from instead of Unified CM's TFTP servers: written to the phones' setting Load Server",
  },
  'device-pool': {
    group,
    form: devicePoolForm,
    many: true,
    needs: ofUcm('mistake'),
    text: 'Only its phones of this device pool',
  },
  match: {
    group,
    form: matchForm,
    needs: ofUcm('mistake'),
    text: 'Only its phones whose device name or description is like this, such as "*lobby*" or "SEP0011*"',
  },
  'enable-web-access': {
    group,
    form: switchForm,
    needs: ofUcm('warning'),
    default: false,
    text: "Switch a phone's web access on where it is off, to read its hardware version, and put it back afterwards",
  },
} as const satisfies Rows;
