import { expect, it } from 'vitest';
import { deadlineForm } from './deadline.ts';

// Half past ten in the evening of 22 November in China.
const now = '2026-11-22T14:30:00.000Z';

it.each([
  ['2026-11-22T14:29:59.000Z', { kind: 'late', time: '22:29', date: '11-22' }],
  ['2026-11-22T15:59:59.000Z', { kind: 'today', time: '23:59', date: '11-22' }],
  ['2026-11-22T16:00:00.000Z', { kind: 'tomorrow', time: '00:00', date: '11-23' }],
  ['2026-11-23T15:59:00.000Z', { kind: 'tomorrow', time: '23:59', date: '11-23' }],
  ['2026-11-23T16:00:00.000Z', { kind: 'later', time: '00:00', date: '11-24' }],
  ['2026-12-31T16:00:00.000Z', { kind: 'later', time: '00:00', date: '2027-01-01' }],
  ['', undefined],
])('%s', (shipBy, form) => expect(deadlineForm(shipBy, now)).toEqual(form));
