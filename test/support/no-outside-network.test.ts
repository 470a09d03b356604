import dgram from 'node:dgram';
import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { describe, expect, it } from '@jest/globals';
import { Client } from 'undici';

/** From the range for documentation: nobody has it. */
const outside = '192.0.2.1';

describe('a connection that leaves this machine', () => {
  const refused = `connect to ${outside}`;

  it('is not made, whoever asks for it', async () => {
    expect(() => net.connect(80, outside)).toThrow(refused);
    expect(() => net.connect({ port: 80, host: outside })).toThrow(refused);
    expect(() => new net.Socket().connect('80' as unknown as number, outside)).toThrow(refused);
    expect(() => new net.Socket().connect(80, outside)).toThrow(refused);
    expect(() => tls.connect({ port: 443, host: outside })).toThrow(refused);
    expect(() => http.get(`http://${outside}/`)).toThrow(refused);
    const client = new Client(`http://${outside}`);
    await expect(client.request({ path: '/', method: 'GET' })).rejects.toThrow(refused);
    await client.destroy();
    const socket = dgram.createSocket('udp4');
    expect(() => socket.send('x', 69, outside)).toThrow(`send to ${outside}`);
    expect(() => socket.send(Buffer.from('xx'), 0, 1, 69, outside)).toThrow(`send to ${outside}`);
    socket.close();
  });

  it('is made where it stays here', async () => {
    const server = net.createServer((socket) => socket.end('here'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const socket = net.connect((server.address() as net.AddressInfo).port, 'localhost');
    expect(String(await new Promise((resolve) => socket.once('data', resolve)))).toBe('here');
    socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
});
