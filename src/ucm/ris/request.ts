import { soapEnvelope } from '../soap/envelope.js';
import { escaped } from '../soap/escape.js';

/** The header `SOAPAction` of the request. */
export const selectAction = '"http://schemas.cisco.com/ast/soap/action/#RisPort#SelectCmDeviceExt"';

/** Any model (`Model`). */
const anyModel = 255;

/** Asks for phones by their names, which must be few enough. In the schema's order (docs/knowledge/unified-cm.md#risport). */
export function selectRequest(names: readonly string[], maxDevices: number): string {
  const items = names.map((name) => `<soap:item><soap:Item>${escaped(name)}</soap:Item></soap:item>`).join('');
  return soapEnvelope(
    '<soap:selectCmDeviceExt><soap:StateInfo></soap:StateInfo><soap:CmSelectionCriteria>' +
      `<soap:MaxReturnedDevices>${maxDevices}</soap:MaxReturnedDevices>` +
      '<soap:DeviceClass>Phone</soap:DeviceClass>' +
      `<soap:Model>${anyModel}</soap:Model>` +
      '<soap:Status>Any</soap:Status>' +
      '<soap:NodeName></soap:NodeName>' +
      '<soap:SelectBy>Name</soap:SelectBy>' +
      `<soap:SelectItems>${items}</soap:SelectItems>` +
      '<soap:Protocol>Any</soap:Protocol>' +
      '<soap:DownloadStatus>Any</soap:DownloadStatus>' +
      '</soap:CmSelectionCriteria></soap:selectCmDeviceExt>',
  );
}
