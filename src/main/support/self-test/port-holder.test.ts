import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { holderInLsof, listeningInodes, pidInNetstat, portHolder } from './port-holder';

test.runIf(process.platform === 'linux')(
  'the program that listens is found by this system itself',
  async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect((await portHolder(port))?.pid).toBe(process.pid);
    await new Promise((resolve) => server.close(resolve));
    expect(await portHolder(port)).toBeUndefined();
  },
);

test('only sockets that listen on just that port count', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:21DA 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4242 1 0000 100 0 0 10 0
   1: 0100007F:21DA 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 4243 1 0000 100 0 0 10 0
   2: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4244 1 0000 100 0 0 10 0`;
  expect(listeningInodes(table, 8666)).toEqual(['4242']);
});

test('lsof and netstat are read as they write, in any language', () => {
  expect(holderInLsof('p812\ncthv\nf7\n')).toEqual({ pid: 812, name: 'thv' });
  expect(holderInLsof('')).toBeUndefined();
  const netstat = `
  Proto  Lokale Adresse         Remoteadresse          Status           PID
  TCP    127.0.0.1:8666         127.0.0.1:50000        HERGESTELLT      7
  TCP    127.0.0.1:8666         0.0.0.0:0              ABHÖREN          4712
  TCP    [::1]:18666            [::]:0                 ABHÖREN          5`;
  expect(pidInNetstat(netstat, 8666)).toBe(4712);
  expect(pidInNetstat(netstat, 8667)).toBeUndefined();
});

test('where the tool is missing nobody is named', async () => {
  expect(await portHolder(1, 'win32')).toBeUndefined();
});
