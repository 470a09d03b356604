import { loadPhoneProfiles } from '../../../src/config/profiles/phone-pages.js';

/** The profiles as shipped: what the readers are tested with is what phones are read with. */
export const { multiplatform, enterprise } = loadPhoneProfiles('profiles/phones');
