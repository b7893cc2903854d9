/** Every case by the name it is called with. One line per case; its code loads only when it runs. */
import type { BenchCase } from './harness.ts';

export const benchCases: Readonly<Record<string, () => Promise<{ readonly bench: BenchCase }>>> = {
  labels: () => import('./labels.ts'),
  designer: () => import('./designer.ts'),
  wire: () => import('./wire.ts'),
  'first-byte': () => import('./first-byte.ts'),
  address: () => import('./address.ts'),
  costs: () => import('./costs.ts'),
  draw: () => import('./draw.ts'),
  orders: () => import('./orders.ts'),
};
