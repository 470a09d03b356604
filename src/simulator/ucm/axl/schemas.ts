/**
 * The elements of each operation in the order of the AXL 14.0 schema (docs/knowledge/unified-cm.md#operations). In a slot with several names one of
 * them stands; a slot that begins with `!` must not be left out.
 */
export interface AxlSchema {
  slots: readonly (readonly string[])[];
  writes: boolean;
}

const BY_NAME = ['!', 'name', 'uuid'];
/** As getPhone answers them and updatePhone takes them. */
const PHONE = [
  ...['description', 'callingSearchSpaceName', 'devicePoolName', 'commonDeviceConfigName', 'commonPhoneConfigName'],
  ...['networkLocation', 'locationName', 'mediaResourceListName', 'networkHoldMohAudioSourceId'],
  ...['userHoldMohAudioSourceId', 'automatedAlternateRoutingCssName', 'aarNeighborhoodName', 'loadInformation'],
  ...['vendorConfig', 'versionStamp', 'traceFlag', 'mlppDomainId', 'mlppIndicationStatus', 'preemption'],
  ...['useTrustedRelayPoint', 'retryVideoCallAsAudio', 'securityProfileName', 'sipProfileName'],
  ...['cgpnTransformationCssName', 'useDevicePoolCgpnTransformCss', 'geoLocationName', 'geoLocationFilterName'],
  'sendGeoLocation',
];

const each = (...names: string[]): string[][] => names.map((name) => [name]);
const read = (...slots: string[][]): AxlSchema => ({ slots, writes: false });
const write = (...slots: string[][]): AxlSchema => ({ slots, writes: true });
const list = read(['!', 'searchCriteria'], ['!', 'returnedTags'], ['skip'], ['first']);

/** All operations that the simulated AXL knows. */
export const AXL_SCHEMAS: Readonly<Record<string, AxlSchema>> = {
  listPhone: list,
  getPhone: read(BY_NAME, ['returnedTags']),
  updatePhone: write(BY_NAME, ['newName'], ...each(...PHONE)),
  applyPhone: write(BY_NAME),
  resetPhone: write(BY_NAME),
  restartPhone: write(BY_NAME),
  doDeviceReset: write(['!', 'deviceName'], ['isHardReset', 'deviceResetType']),
  executeSQLQuery: read(['!', 'sql']),
  getDeviceDefaults: read(['Model', 'uuid'], ['Protocol'], ['returnedTags']),
  listDeviceDefaults: list,
  getAppUser: read(['!', 'userid', 'uuid'], ['returnedTags']),
  getUser: read(['!', 'userid', 'uuid'], ['returnedTags']),
  listProcessNode: list,
};

/** What `searchCriteria` of a list takes. */
export const SEARCHED: Readonly<Record<string, readonly string[]>> = {
  listPhone: [
    ...['name', 'description', 'protocol', 'callingSearchSpaceName', 'devicePoolName', 'securityProfileName'],
  ],
  listDeviceDefaults: ['Model', 'Protocol'],
  listProcessNode: ['name', 'processNodeRole'],
};

/** What `returnedTags` of listPhone takes: no vendorConfig. */
export const LISTED: readonly string[] = [
  ...['name', 'product', 'model', 'class', 'protocol', 'protocolSide', 'ownerUserName'],
  ...PHONE.filter((name) => name !== 'vendorConfig' && name !== 'versionStamp'),
];
