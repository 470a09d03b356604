import { loadPhoneProfiles } from '../../src/config/phone-profile.js';

/** The profiles as shipped: what the readers are tested with is what phones are read with. */
export const { multiplatform, enterprise } = loadPhoneProfiles('profiles/phones');
