/** The wire between a browser and the host, to be cut: connections really break, answers really get lost. */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export type Wire = ReturnType<typeof createWire>;

export function createWire() {
  const pairs = new Set<readonly [near: Socket, far: Socket]>();
  let hostPort = 0;
  let whole = true;
  let heard = true;
  const server = createServer((near) => {
    if (!whole) return near.destroy();
    const far = connect(hostPort, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    near.on('data', (bytes) => void far.write(bytes));
    far.on('data', (bytes) => heard && void near.write(bytes));
    for (const [one, other] of [pair, [far, near] as const]) {
      one.on('error', () => other.destroy());
      one.on('close', () => {
        other.destroy();
        pairs.delete(pair);
      });
    }
  });
  return {
    /** Opens the near end before a host's port; resolves with its own. */
    async open(port: number): Promise<number> {
      hostPort = port;
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return (server.address() as AddressInfo).port;
    },
    /** Every connection breaks, and none comes about until `mend`. */
    cut(): void {
      whole = false;
      for (const [near, far] of pairs) {
        near.destroy();
        far.destroy();
      }
    },
    /** What the page asks arrives; what the host answers does not. */
    deafen(): void {
      heard = false;
    },
    mend(): void {
      whole = true;
      heard = true;
    },
    async close(): Promise<void> {
      this.cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
