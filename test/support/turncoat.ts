import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What is read at an address, in turn: the MAC that the phone answers as (and the one in its status file, if it has one), or where it
 * redirects to.
 */
export type Turn = { as: string; status?: string } | { to: string };

/** A web server that turns into another phone; not the simulator's. */
export interface Turncoat {
  readonly port: number;
  /** Everything it was asked, as `POST /path`. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

const load = 'sip88xx.12-0-3MPP0001-87';

/**
 * Serves `/admin/advanced` of a phone at an address. Its first reads get one turn each, all further ones the last; other requests get the
 * phone that was read last. Each response closes the connection, as the ancestors' do.
 */
export async function startTurncoat(address: string, turns: readonly Turn[]): Promise<Turncoat> {
  const asked: string[] = [];
  let readings = 0;
  const server: Server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    asked.push(`${method} ${url}`);
    request.resume();
    request.on('end', () => {
      response.shouldKeepAlive = false;
      if (url === '/admin/advanced') readings += 1;
      const turn = turns[Math.min(Math.max(readings, 1), turns.length) - 1] ?? { as: '' };
      answer(url, response, turn);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, address, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close: () => new Promise((resolve) => void server.close(() => resolve()).closeAllConnections()),
  };
}

function answer(url: string, response: ServerResponse, turn: Turn): void {
  if ('to' in turn) return void response.writeHead(302, { Location: turn.to }).end();
  response.setHeader('Content-Type', 'text/html');
  if (url === '/admin/status.xml' && turn.status !== undefined)
    return void response.end(
      `<status><Product_Name>CP-8841-3PCC</Product_Name><MAC_Address>${turn.status}</MAC_Address><Software_Version>${load}</Software_Version></status>`,
    );
  if (url !== '/admin/advanced' && url !== '/admin/bcisco.csc') return void response.writeHead(404).end();
  response.end(`<html><body><h3>Product Information</h3><table><tr><td>Product Name:<td>CP-8841-3PCC<td>MAC Address:<td>${turn.as}
<tr><td>Software Version:<td>${load}<td>Transition Authorization Type:<td></table>
<form action="bcisco.csc" method="post"><h3>Firmware Upgrade</h3><table><tr><td>Upgrade Rule:<td><input name="1" value="">
<tr><td>Transition Authorization Rule:<td><input name="2" value="">
<tr><td>Transition Authorization Type:<td><select name="3"><option>Classic</select></table><h3>CA Settings</h3></form></body></html>`);
}
