import { array, assert, constantFrom, integer, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScanner } from './scanner.ts';
import type { KeyPress, Scanner } from './scanner.ts';

const number = 'YT8800000000001';

/** Times between keys as two scanners and a person were recorded, milliseconds. */
const recorded = {
  usb: [8, 8, 9, 8, 7, 8, 8, 9, 8, 8, 7, 8, 9, 8],
  bluetooth: [18, 31, 22, 17, 128, 24, 19, 33, 21, 16, 27, 142, 20, 18],
  person: [182, 240, 160, 210, 330, 190, 175, 260, 205, 185, 150, 290, 230, 170],
} as const;

function keyOf(character: string): Pick<KeyPress, 'key' | 'code' | 'shift'> {
  if (/\d/.test(character)) return { key: character, code: `Digit${character}` };
  if (/[A-Z]/i.test(character)) return { key: character, code: `Key${character.toUpperCase()}`, shift: /[A-Z]/.test(character) };
  return { key: character, code: 'Minus' };
}

/** Types a text with these pauses (repeated), then the suffix; returns every scan that came, with the time after the last key. */
function type(scanner: Scanner, text: string, options: { pauses?: readonly number[]; suffix?: string; from?: number; ime?: boolean; inField?: boolean } = {}): { scans: string[]; at: number } {
  const { pauses = recorded.usb, suffix = 'Enter', from = 0, ime = false, inField = false } = options;
  const scans: string[] = [];
  let at = from;
  const press = (one: Omit<KeyPress, 'at'>): void => {
    const { scan } = scanner.press({ ...one, at }, inField);
    if (scan !== undefined) scans.push(scan);
  };
  for (const [index, character] of [...text].entries()) {
    if (index > 0) at += pauses[(index - 1) % pauses.length] ?? 0;
    const key = keyOf(character);
    press(ime ? { ...key, key: 'Process', composing: true } : key);
  }
  at += pauses[0] ?? 0;
  if (suffix !== '') press(ime ? { key: 'Process', code: suffix, composing: true } : { key: suffix, code: suffix });
  return { scans, at };
}

describe('a scanner', () => {
  it.each(['usb', 'bluetooth'] as const)('is read with Enter, with Tab and with nothing behind it (%s)', (device) => {
    for (const suffix of ['Enter', 'Tab', 'NumpadEnter']) expect(type(createScanner(), number, { pauses: recorded[device], suffix }).scans).toEqual([number]);
    const scanner = createScanner();
    const { scans, at } = type(scanner, number, { pauses: recorded[device], suffix: '' });
    expect(scans).toEqual([]);
    expect(scanner.idle(at + 50)).toBeUndefined();
    expect(scanner.idle(at + scanner.waitMs())).toBe(number);
    expect(scanner.idle(at + 5_000)).toBeUndefined();
  });

  it('is read through a Chinese input method, by the physical keys', () => {
    expect(type(createScanner(), number, { ime: true }).scans).toEqual([number]);
    expect(type(createScanner(), 'JD-123456-1', { ime: true }).scans).toEqual(['JD-123456-1']);
  });

  it('leaves out what a person typed and left standing before', () => {
    const scanner = createScanner();
    scanner.press({ key: 'x', code: 'KeyX', at: 0 });
    expect(type(scanner, number, { from: 900 }).scans).toEqual([number]);
  });

  it('is taken out of a field a person writes in, and only that', () => {
    const scanner = createScanner();
    expect(type(scanner, '买家同意 ok', { pauses: recorded.person, inField: true }).scans).toEqual([]);
    expect(type(scanner, number, { from: 60_000, inField: true }).scans).toEqual([number]);
    expect(scanner.press({ key: 'a', code: 'KeyA', at: 90_000 }, true).taken).toBe(false);
  });

  it('known to send Enter is waited for when the PC hangs in the middle of a code', () => {
    const scanner = createScanner();
    type(scanner, number);
    const { at } = type(scanner, number.slice(0, 8), { from: 10_000, suffix: '' });
    expect(scanner.idle(at + 350)).toBeUndefined();
    expect(type(scanner, number.slice(8), { from: at + 350 }).scans).toEqual([number]);
  });
});

describe('a person', () => {
  it('types a number and Enter; without Enter nothing happens', () => {
    expect(type(createScanner(), number, { pauses: recorded.person }).scans).toEqual([number]);
    const scanner = createScanner();
    const { at } = type(scanner, number, { pauses: recorded.person, suffix: '' });
    expect(scanner.idle(at + 3_000)).toBeUndefined();
    expect(scanner.text()).toBe(number);
    scanner.press({ key: 'Backspace', code: 'Backspace', at: at + 3_100 });
    expect(scanner.text()).toBe(number.slice(0, -1));
    expect(scanner.press({ key: 'Escape', code: 'Escape', at: at + 3_200 })).toEqual({ taken: true });
    expect(scanner.text()).toBe('');
  });

  it('keeps the keys that are not for typing: Enter on a button, Tab, function keys, Ctrl', () => {
    const scanner = createScanner();
    for (const key of ['Enter', 'Tab', 'F2', 'ArrowDown', 'Escape', ' ']) expect(scanner.press({ key, code: key === ' ' ? 'Space' : key, at: 0 }).taken).toBe(false);
    expect(scanner.press({ key: 'c', code: 'KeyC', at: 0, control: true }).taken).toBe(false);
    scanner.press({ key: 'a', code: 'KeyA', at: 10 });
    scanner.press({ key: 'a', code: 'KeyA', at: 500, repeat: true });
    expect(scanner.text()).toBe('a');
  });
});

const codes = string({ unit: constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-'), minLength: 6, maxLength: 30 });

it('loses and mixes nothing, however many codes come and whatever their speed', () => {
  const scans = array(record({ code: codes, pauses: array(integer({ min: 0, max: 55 }), { minLength: 1, maxLength: 20 }), suffix: constantFrom('Enter', 'Tab'), wait: integer({ min: 0, max: 3_000 }), ime: constantFrom(true, false) }), { minLength: 1, maxLength: 8 });
  assert(
    property(scans, (all) => {
      const scanner = createScanner();
      let at = 0;
      const read = all.flatMap((one) => {
        const typed = type(scanner, one.code, { ...one, from: at });
        at = typed.at + one.wait + 1;
        return typed.scans;
      });
      expect(read).toEqual(all.map((one) => one.code));
    }),
  );
});

it('never makes a scan of a person typing without Enter', () => {
  assert(
    property(string({ unit: constantFrom(...'0123456789abc'), minLength: 1, maxLength: 20 }), array(integer({ min: 70, max: 2_000 }), { minLength: 1, maxLength: 20 }), (text, pauses) => {
      const scanner = createScanner();
      const { scans, at } = type(scanner, text, { pauses, suffix: '' });
      expect(scans).toEqual([]);
      expect(scanner.idle(at + 60_000)).toBeUndefined();
    }),
  );
});
