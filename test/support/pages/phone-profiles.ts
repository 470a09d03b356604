import { loadPhoneProfiles } from '../../../src/config/profiles/phone-pages.js';

/** The shipped profiles: the readers are tested with the ones that phones are read with. */
export const { multiplatform, enterprise } = loadPhoneProfiles('profiles/phones');
