import type { FlagGroup } from './flag-group.js';

/** Ways to change settings and to read them back, besides the form (docs/knowledge/multiplatform-settings.md#direct-actions). */
export interface WritingFlags {
  /** The form responds with success and does nothing; the direct ways work where their flags say so. */
  ignoresForms: boolean;
  /** `/admin/upgrade?URL` and `/admin/resync?URL` act. */
  directActions: 'on' | 'off';
  /** Their response when they do nothing; a friendly one proves nothing. */
  directActionAnswer: 'not-found' | 'friendly';
  /** `POST /admin/config.xml`, also with `&xuser=…&xpassword=…`. */
  xmlPost: 'on' | 'off';
  /** `/admin/cfg.xml`: a flat profile with the secrets hidden. */
  cfgXml: 'flat' | 'none';
  /** cfg.xml shows other rules than the page. */
  cfgXmlStale: boolean;
  /** status.xml shows another software version than the page. */
  statusXmlStale: boolean;
  /**
   * What changes between reads: the fields get new names on every page; or just before the first post, which is lost as a result; or
   * another client sets the Upgrade Rule after the first read.
   */
  changesBetween: 'no' | 'names' | 'names-once' | 'setting';
}

/** Forms only and nothing changes, and every other value. */
export const WRITING: FlagGroup<WritingFlags> = {
  usual: {
    ignoresForms: false,
    directActions: 'off',
    directActionAnswer: 'not-found',
    xmlPost: 'off',
    cfgXml: 'none',
    cfgXmlStale: false,
    statusXmlStale: false,
    changesBetween: 'no',
  },
  others: {
    ignoresForms: [true],
    directActions: ['on'],
    directActionAnswer: ['friendly'],
    xmlPost: ['on'],
    cfgXml: ['flat'],
    cfgXmlStale: [true],
    statusXmlStale: [true],
    changesBetween: ['names', 'names-once', 'setting'],
  },
};
