import { describe, expect, it } from '@jest/globals';
import { readShellForm } from '../../../src/pages/upgrade-form/shell-form.js';

describe('the form of a page that scripts fill in', () => {
  it('says where it posts to and what it always sends', () => {
    const html = `<script>var form = '<form action=/other method=post>';</script><form method="POST" action="bcisco.csc">
      <input type=hidden name=17 value=0><input type="hidden" name="token" value="a&amp;b"><input type=hidden value=x>
      <input type=hidden name=off value=1 disabled><input name="typed"><div id="tabs"></div><button>Submit</button></form>`;
    expect(readShellForm(html)).toEqual({
      action: 'bcisco.csc',
      hidden: [
        { name: '17', value: '0' },
        { name: 'token', value: 'a&b' },
      ],
    });
  });

  it.each([
    ['no form', '<div id="tabs"></div>'],
    ['two forms', '<form method=post action=a></form><form method=post action=b></form>'],
    ['a form that does not post', '<form action=a></form>'],
    ['a form that a base address moves', '<base href="/x/"><form method=post action=a></form>'],
    ['a form that a button sends elsewhere', '<form method=post action=a><button formaction=b>Save</button></form>'],
    ['a form without an action', '<form method=post></form>'],
    ['a name that a lost quote has broken', '<form method=post action=a><input type=hidden name="1 value=2></form>">'],
  ])('is not taken from %s', (_what, html) => {
    expect(readShellForm(html)).toBeNull();
  });
});
