import { expect, it } from 'vitest';
import { conditionOf } from './condition.ts';

const folder = { address: { kind: 'virtual', directory: 'labels' } } as const;
const network = { address: { kind: 'tcp', host: '127.0.0.1', port: 9100 } } as const;

it('a printer is what it said last, paused when somebody paused it, idle before it was asked; a folder is ready', () => {
  expect([null, { condition: 'head_open', phase: 'idle' } as const, { condition: 'ready', phase: 'paused' } as const].map((state) => [conditionOf(network, state), conditionOf(folder, state)])).toEqual([
    ['idle', 'ready'],
    ['head_open', 'ready'],
    ['paused', 'paused'],
  ]);
});
