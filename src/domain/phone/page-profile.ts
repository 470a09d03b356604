import type { SettingName } from './facts.js';

/**
 * How the web pages of the two firmware families read, as data. The values are in `profiles/phones/*.yaml`, each with its
 * source; the code that reads pages holds no label, path or status string of its own.
 *
 * Labels are compared without regard to case, blanks, no-break blanks or a trailing colon; `#` in a label stands for any number.
 * Patterns are regular expressions, matched without regard to case.
 */
export interface PhoneProfiles {
  multiplatform: MultiplatformPages;
  enterprise: EnterprisePages;
}

/** The sections of the admin page that are read. Every other section is only known as an end of these. */
export type MultiplatformSection =
  | 'productInformation'
  | 'phoneStatus'
  | 'downloadStatus'
  | 'transitionAuthorizationStatus'
  | 'lineCallStatus'
  | 'firmwareUpgrade';

/** The rows of Product Information that are read. */
export const productFields = [
  ...(['productName', 'serial', 'softwareVersion', 'hardwareVersion', 'mac'] as const),
  ...(['transitionAuthorizationType', 'customization'] as const),
] as const;

export type ProductField = (typeof productFields)[number];

/** Rows found by their label, and the only sections in which they count. */
export interface StatusLabel {
  labels: string[];
  sections: MultiplatformSection[];
  /** The same rows as tags of the status file. */
  tags: string[];
}

/** The accounts of a phone's web pages, by what their passwords are for. */
export type Account = 'admin' | 'user';

/** How pages ask for a password (docs/knowledge/multiplatform-access.md#signing-in). */
export interface SignInPages {
  /** Labels of the fields of the Set Password page, new and confirmed, by account. */
  setPasswordLabels: Record<Account, string[]>;
  /** What a first password must be, so that none is sent that the phone would refuse. */
  setPasswordRule: {
    minLength: number;
    maxLength: number;
    /** Of lower case, upper case, digits and others. */
    classes: number;
  };
  /** The names of the accounts on the phone. */
  accounts: Record<Account, string>;
  loginPatterns: string[];
  /** Labels of a login form's field for the account. */
  userNameLabels: string[];
  /** Titles of pages that refuse or ask for a password, which do not tell whose pages they are. */
  plainTitlePatterns: string[];
  /** A page with more visible controls than this is not a sign-in page. */
  maxControls: number;
}

/**
 * How phones whose page is built by scripts serve their tabs: arrays of one object per field
 * (docs/knowledge/multiplatform-pages.md#tabs-as-json).
 */
export interface JsonTabs {
  /** Over `{tab}`. */
  path: string;
  /** The tabs that are read, by what they hold. */
  status: string;
  downloadStatus: string;
  provisioning: string;
  /** Where the page's script posts changed fields to. */
  formPath: string;
  nameKey: string;
  valueKey: string;
  /** Keys of which one may hold the name to post a field under, the first that exists counts. */
  idKeys: string[];
  optionsKey: string;
}

/** Pages of Multiplatform (MPP, 3PCC) and transition firmware (docs/knowledge/multiplatform-pages.md). */
export interface MultiplatformPages {
  source: string;
  endpoints: {
    adminPage: string;
    statusXml: string;
    /** Snapshot of the settings, secrets hidden. */
    configXml: string;
    /** Direct Actions: what follows their `?` is a URL for the phone to fetch. */
    resync: string;
    upgrade: string;
    /** Takes a profile by POST. */
    xmlPost: { path: string; contentType: string };
    /** Pages that no reader needs; a capture takes them along. */
    others?: string[] | undefined;
  };
  jsonTabs: JsonTabs;
  /** Titles of the admin page. A hint for messages, never proof. */
  titlePatterns: string[];
  /** A product name that says: this is a phone of this family. */
  productNamePattern: string;
  /** A transition load names itself like a Multiplatform phone; its software version tells it apart. */
  transitionVersionPattern: string;
  /** Headings (text of a heading or a row, or the id of a tab's `div`) by the section they begin. */
  sections: Record<MultiplatformSection, string[]>;
  /** Titles of tabs. A block with one of them as its id may be hidden: it is shown when the tab is clicked. */
  tabs: string[];
  /** Headings of sections that are not read: they end the one before. */
  otherHeadings: string[];
  productInformation: {
    labels: Record<ProductField, string[]>;
    /** Labels beside those; a label is never taken for a value. */
    otherLabels: string[];
    /** A section without all of these is not Product Information. */
    required: ProductField[];
    tags: Record<ProductField, string[]>;
  };
  upgradeStatus: StatusLabel;
  /** One label for each row, the newest first. */
  firmwareUpgradeRows: StatusLabel;
  callState: StatusLabel;
  authorizationRows: StatusLabel & {
    /** Grammar of one row, with the groups `code`, `at`, `url` and `message`. */
    pattern: string;
  };
  /** How rows write a time, with the groups `year`, `month`, `day`, `hour`, `minute` and `second`. */
  timePattern: string;
  firmwareUpgrade: {
    labels: Record<SettingName, string[]>;
    /** The first tag of each is the one to write; all are read. */
    tags: Record<SettingName, string[]>;
    /** Where the form may post to: a form with any other action is not posted. */
    formPaths: string[];
  };
  /** Values that stand for one that is not shown. */
  hiddenValuePatterns: string[];
  /** Texts of a page that is refused because of its `Referer` or a missing one; a 403 needs no text. */
  refererRefusalPatterns: string[];
  /** What the status texts mean. */
  meanings: {
    source: string;
    idleCallStates: string[];
    upgrading: string[];
    upgradeFailed: string[];
    authorizationSucceeded: { codes: string[]; messages: string[] };
    /** The meaning of any other row is not known. */
    authorizationFailed: { messages: string[] };
  };
  /** Attribute of a tag in the status file that names its section. */
  statusXmlSectionAttribute: string;
  /** Names of controls that hold a password even where their type does not say so. */
  passwordNamePattern: string;
  signIn: SignInPages;
  /** The MAC in the common name of a phone's own certificate, with the group `mac`. */
  certificateNamePattern: string;
}

/** What is read from an Enterprise phone's device page. */
export type EnterpriseField =
  'mac' | 'hostName' | 'phoneDn' | 'serial' | 'softwareVersion' | 'hardwareRevision' | 'productId' | 'udi';

/** Pages of Enterprise firmware (docs/knowledge/enterprise-pages.md). */
export interface EnterprisePages {
  source: string;
  endpoints: {
    /** XML device pages, in the order to try. */
    deviceXml: string[];
    deviceHtml: string[];
    /** Pages that no reader needs; a capture takes them along. */
    others?: string[] | undefined;
  };
  titlePatterns: string[];
  /** A product id of a phone; anything else is another maker's page in the same shape. */
  productIdPattern: string;
  /** Product name and host name in the page's banner, with the groups `productId` and `mac`. */
  bannerPattern: string;
  /** A host name that holds the MAC, with the group `mac`. */
  hostNamePattern: string;
  /** Values of `softwareVersion` that are something else (the hardware version on 6900 phones). */
  notSoftwareVersionPatterns: string[];
  tags: Record<EnterpriseField, string[]>;
  labels: Record<EnterpriseField, string[]>;
  /** Values that mean: nothing known. */
  placeholders: string[];
  udi: {
    productIdPattern: string;
    vidPattern: string;
    serialPattern: string;
    /** The whole UDI on one line, with the groups `productId`, `vid` and `serial`. */
    singleLinePattern: string;
  };
}
