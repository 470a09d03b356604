import { fieldNames, tokenName } from '../../markup/layout.js';
import { hashText } from '../../random.js';
import { type DeviceRequest, readForm, type Reply, html, redirect } from '../http.js';
import type { Device } from '../device.js';
import { newToken, refusedToken, fortyHex } from './tokens.js';
import { countWrong, passwordOf, USER } from './password.js';
import type { World } from '../world.js';

/** Where a redirect to the login form leads. */
const LOGIN_PAGE = '/admin/login.htm';
/** A relative action resolves to the second from /admin itself. */
const LOGIN_POSTS = ['/admin/login.csc', '/login.csc'];
const SESSIONS_KEPT = 4;

/** Whether a POST to that path is a login. */
export function isLoginPath(path: string): boolean {
  return LOGIN_POSTS.includes(path);
}

/** Names of the inputs and the cookie; they differ by model and firmware. */
export function loginNames(device: Device): { user: string; password: string; token: string; cookie: string } {
  const seed = `${device.model} ${device.state.load} login`;
  const next = fieldNames(seed);
  const [user, password] = [next(), next()];
  const common = { token: tokenName(next()), cookie: `sid${hashText(seed) % 10_000}` };
  if (device.behavior.loginNames === 'numbers') return { user, password: `P${password}`, ...common };
  return { user: `login[user].${user}$q`, password: `login[word].${password}$q`, ...common };
}

/** Null for a request with a running session; a login is processed; everything else gets the form. */
export function checkSession(device: Device, request: DeviceRequest, world: World): Reply | null {
  if (request.method === 'POST' && isLoginPath(request.path)) return logIn(device, request, world);
  if (hasSession(device, request, world)) return null;
  const { loginShownBy } = device.behavior;
  if (loginShownBy === 'redirect-302' && request.path !== LOGIN_PAGE) return redirect(302, LOGIN_PAGE);
  return loginPage(device, '', loginShownBy === 'status-401' ? 401 : 200);
}

function hasSession(device: Device, request: DeviceRequest, world: World): boolean {
  const { cookieSeconds, cookieRequests } = device.behavior;
  const { sessions } = device.state;
  const name = loginNames(device).cookie;
  const pairs = (request.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  const value = pairs.find(([key]) => key === name)?.[1] ?? '';
  const session = sessions.get(value);
  if (session === undefined) return false;
  session.requests += 1;
  const tooOld = cookieSeconds > 0 && world.time.now() - session.since > cookieSeconds * 1000;
  const usedUp = cookieRequests > 0 && session.requests > cookieRequests;
  if (!tooOld && !usedUp) return true;
  sessions.delete(value);
  return false;
}

function logIn(device: Device, request: DeviceRequest, world: World): Reply {
  const { behavior, state } = device;
  const names = loginNames(device);
  const posted = readForm(request.body);
  const refused = refusedToken(device, posted.get(names.token));
  if (refused !== null) return refused;
  const words = `${posted.get(names.user) ?? ''}:${posted.get(names.password) ?? ''}`;
  if (words !== `${USER}:${passwordOf(device)}`) {
    countWrong(device, words);
    return loginPage(device, 'The user name or the password is not right.', 200);
  }
  state.logins += 1;
  const value = fortyHex(`${device.mac} session ${state.logins}`);
  state.sessions.set(value, { since: world.time.now(), requests: 0 });
  if (world.strict) world.issued.set(value, device.mac);
  const [oldest] = state.sessions.keys();
  if (state.sessions.size > SESSIONS_KEPT && oldest !== undefined) state.sessions.delete(oldest);
  const welcome = html('<html><body><p>Welcome. <a href="/admin/advanced">advanced</a></p></body></html>');
  const reply = behavior.loginAnswer === 'redirect' ? redirect(302, '/admin/advanced') : welcome;
  return {
    ...reply,
    headers: { ...reply.headers, 'Set-Cookie': `${names.cookie}=${value}; Path=${behavior.cookiePath}; HttpOnly` },
  };
}

function loginPage(device: Device, problem: string, status: number): Reply {
  const { behavior } = device;
  const names = loginNames(device);
  const action = behavior.loginAction === 'absolute' ? LOGIN_POSTS[0] : 'login.csc';
  const token =
    behavior.formToken === 'hidden' ? `<input type="hidden" name="${names.token}" value="${newToken(device)}">` : '';
  const text = `<html><head><title>${device.layoutTraits().productName} Configuration Utility</title></head><body><h1>Admin Login</h1>
${problem === '' ? '' : `<p class="error">${problem}</p>`}<form action="${action}" method="post">${token}<table>
<tr><td>User Name:</td><td><input name="${names.user}" value=""></td></tr>
<tr><td>Password:</td><td><input type="password" name="${names.password}"></td></tr></table><input type="submit" value="Login"></form></body></html>`;
  return html(text, 'utf-8', status);
}
