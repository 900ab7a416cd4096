import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createServer } from 'node:tls';

/** TLS in front of a centre, as a proxy of the company: its certificate is given by an authority that only the company knows. */
export interface TlsDoor {
  readonly port: number;
  /** File of the authority's certificate. */
  readonly ca: string;
  readonly close: () => Promise<void>;
}

/** Opens the door before `targetPort` of this machine. */
export async function openTlsDoor(targetPort: number): Promise<TlsDoor> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'okno-authority-'));
  const openssl = (...args: readonly string[]): void => void execFileSync('openssl', args, { stdio: 'ignore', cwd: folder });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  writeFileSync(path.join(folder, 'of-this-host'), 'subjectAltName=IP:127.0.0.1\n');
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Own authority');
  openssl('req', ...key, '-keyout', 'centre.key', '-out', 'centre.csr', '-subj', '/CN=centre');
  openssl('x509', '-req', '-in', 'centre.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1', '-extfile', 'of-this-host', '-out', 'centre.pem');

  const open = new Set<{ readonly destroy: () => void }>();
  const server = createServer({ key: readFileSync(path.join(folder, 'centre.key')), cert: readFileSync(path.join(folder, 'centre.pem')) }, (desk) => {
    const centre = connect(targetPort, '127.0.0.1');
    for (const [socket, other] of [[desk, centre], [centre, desk]] as const) {
      open.add(socket);
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.on('error', () => other.destroy());
    }
    desk.pipe(centre).pipe(desk);
  });
  server.on('tlsClientError', () => undefined); // a desk that does not trust the certificate breaks off
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port, // it listens on TCP
    ca: path.join(folder, 'ca.pem'),
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
