import { expect, it } from '@jest/globals';
import { deviceProfile } from '../../../src/phones/direct/device-profile.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';

it('the small profile has the fields of the step by their tags, escaped, and nothing else', () => {
  const set = { upgradeRule: 'http://10.0.0.5/x.loads?a=1&b=<2>', authorizationRule: 'http://10.0.0.5/$MAU.lic' };
  expect(deviceProfile(set, multiplatform)).toMatchInlineSnapshot(`
"<?xml version="1.0" encoding="UTF-8"?>
<device>
  <flat-profile>
    <Upgrade_Rule>http://10.0.0.5/x.loads?a=1&amp;b=&lt;2&gt;</Upgrade_Rule>
    <Trans_Auth_Rule>http://10.0.0.5/$MAU.lic</Trans_Auth_Rule>
  </flat-profile>
</device>
"
`);
  expect(deviceProfile({ authorizationType: 'WxC' }, multiplatform)).toContain(
    '<flat-profile>\n    <Trans_Auth_Type>WxC</Trans_Auth_Type>\n  </flat-profile>',
  );
});
