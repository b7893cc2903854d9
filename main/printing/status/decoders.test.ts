import { assert, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAutomatic, decodeRealTime, isRealTimeByte, matchAutomatic, matchOrdered, matchProcessId, matchRealTime, processIdCommand } from './escpos.ts';
import { decodeTsplByte, decodeTsplFrame, matchGprinterResponse, matchTsplByte, matchTsplFrame } from './tspl.ts';
import { gravest, needsPerson } from './vocabulary.ts';
import { decodeErrorMask, decodeHostStatus, matchErrorQuery, matchHostStatus, matchSgd, readOdometer } from './zpl.ts';

const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const frame = (code: string): [number, number, number, number] => {
  const [a = 0x40, b = 0x40, c = 0x40, d = 0x40] = Buffer.from(code, 'latin1');
  return [a, b, c, d];
};

describe('one vocabulary', () => {
  it('shows the worst of several conditions, and knows which need a person', () => {
    expect(gravest(['busy', 'out_of_paper', 'head_open'])).toBe('head_open');
    expect(gravest([])).toBe('ready');
    expect(['ready', 'busy', 'silent'].map((one) => needsPerson(one as 'ready'))).toEqual([false, false, false]);
    expect(['paused', 'out_of_paper', 'off_line', 'error'].map((one) => needsPerson(one as 'paused'))).toEqual([true, true, true, true]);
  });
});

describe('TSPL <ESC>!?', () => {
  it.each([
    [0x00, 'ready'], [0x01, 'head_open'], [0x02, 'jam'], [0x04, 'out_of_paper'], [0x08, 'out_of_ribbon'], [0x10, 'paused'], [0x20, 'busy'],
    [0x40, 'head_open'], [0x80, 'error'], [0x05, 'head_open'], [0x24, 'out_of_paper'], [0x30, 'paused'],
  ])('0x%s is %s', (byte, condition) => expect(decodeTsplByte(byte).condition).toBe(condition));

  it('takes the first byte and drops CR LF behind it', () => {
    expect(matchTsplByte(latin('\u0020\r\n'))).toMatchObject({ value: { condition: 'busy' }, end: 3 });
    expect(matchTsplByte(latin(''))).toBeUndefined();
  });
  it('does not take the beginning of a completion message for a status', () => {
    expect(matchTsplByte(latin('{00,00'))).toBeUndefined();
    expect(matchTsplByte(Uint8Array.of(0xaa, 0xbb))).toBeUndefined();
  });
});

describe('TSPL <ESC>!S', () => {
  it.each([
    ['@@@@', 'ready'], ['P@@@', 'busy'], ['W@@@', 'busy'], ['`@@@', 'paused'], ['K@@@', 'paused'], ['L@@@', 'busy'], ['E@@@', 'error'], ['@A@@', 'ready'], ['@H@@', 'busy'],
    ['@@A@', 'over_heated'], ['@@B@', 'over_heated'], ['@@D@', 'error'], ['@@H@', 'jam'], ['@@P@', 'error'],
    ['@@@A', 'out_of_paper'], ['@@@B', 'jam'], ['@@@D', 'out_of_ribbon'], ['@@@H', 'jam'], ['@@@`', 'head_open'], ['E@@A', 'out_of_paper'], ['@@@Z', 'error'],
  ])('%s is %s', (code, condition) => expect(decodeTsplFrame(frame(code)).condition).toBe(condition));

  it('finds the frame behind noise, needs all of it', () => {
    expect(matchTsplFrame(latin('x\u0002@@@A\u0003\r\n'))).toMatchObject({ value: { condition: 'out_of_paper' }, end: 9 });
    expect(matchTsplFrame(latin('\u0002@@@'))).toBeUndefined();
    expect(matchTsplFrame(latin('\u0002@@\u0001A\u0003\r\n'))).toBeUndefined();
  });
});

describe('completion messages of TSPL clones', () => {
  it('Gprinter: the sample of the vendor, ASCII hex', () => {
    expect(matchGprinterResponse(latin('{00,00001}'))).toMatchObject({ value: { ok: true, count: 1 }, start: 0, end: 10 });
    expect(matchGprinterResponse(latin('{00,000012,A7}'))).toMatchObject({ value: { ok: true, count: 12 } });
    expect(matchGprinterResponse(latin('{04,00002}'))).toMatchObject({ value: { ok: false, status: { condition: 'out_of_paper' } } });
  });
  it('Gprinter: a raw status byte', () => {
    expect(matchGprinterResponse(latin('{\u0000,00001}'))).toMatchObject({ value: { ok: true, count: 1 } });
    expect(matchGprinterResponse(latin('{\u0001,00001}'))).toMatchObject({ value: { ok: false, status: { condition: 'head_open' } } });
  });
  it('Gprinter: what does not fit confirms nothing', () => {
    expect(matchGprinterResponse(latin('{ok}'))?.value.ok).toBe(false);
    expect(matchGprinterResponse(latin('{00}'))?.value.ok).toBe(false);
    expect(matchGprinterResponse(latin('{00,0000'))).toBeUndefined();
  });
  it('Gprinter: noise in front stays for whoever waits for it', () => {
    expect(matchGprinterResponse(latin('\u0000{00,00001}'))).toMatchObject({ start: 1, end: 11 });
  });
});

describe('ZPL', () => {
  const first = '030,0,0,1245,000,0,0,0,000,0,0,0';
  const second = '000,0,0,0,0,2,4,0,00000000,1,000';
  const third = '1234,0';
  const answer = (one = first, two = second): string => `\u0002${one}\u0003\r\n\u0002${two}\u0003\r\n\u0002${third}\u0003\r\n`;
  const at = (fields: string, index: number, value: string): string => fields.split(',').map((field, here) => (here === index ? value : field)).join(',');

  it('~HS: idle is ready and empty', () => {
    expect(matchHostStatus(latin(answer()))).toMatchObject({ value: { condition: 'ready', idle: true, formatsInBuffer: 0, labelsRemaining: 0 } });
  });
  it.each([
    [1, 1, 'out_of_paper'], [1, 2, 'paused'], [1, 4, 'busy'], [1, 5, 'busy'], [1, 6, 'error'], [1, 7, 'busy'], [1, 9, 'error'], [1, 10, 'error'], [1, 11, 'over_heated'],
    // The second frame has eleven fields; n (index 1) is unused, the head is o (index 2), the ribbon p (index 3).
    [2, 2, 'head_open'], [2, 3, 'out_of_ribbon'], [2, 7, 'busy'], [2, 8, 'busy'],
  ])('~HS: frame %i field %i set is %s', (which, index, condition) => {
    const text = which === 1 ? answer(at(first, index, '1')) : answer(first, at(second, index, '00000001'));
    expect(matchHostStatus(latin(text))).toMatchObject({ value: { condition, idle: false } });
  });
  it('~HS: the unused field n is not the head', () => {
    expect(matchHostStatus(latin(answer(first, at(second, 1, '1'))))).toMatchObject({ value: { condition: 'ready' } });
  });
  it('~HS: cut answers wait, damaged ones are no answer', () => {
    const text = answer();
    for (let length = 0; length < text.length - 2; length += 1) expect(matchHostStatus(latin(text.slice(0, length)))).toBeUndefined();
    expect(decodeHostStatus('1,2,3', second)).toBeUndefined();
    expect(decodeHostStatus(first, second.split(',').slice(0, 10).join(','))).toBeUndefined();
  });
  it('~HQES: masks, unknown bits are still errors, warnings stop nothing', () => {
    const line = (errors: string, warnings: string): string => `\u0002\r\nPRINTER STATUS\r\n   ERRORS:         ${errors}\r\n   WARNINGS:       ${warnings}\r\n\u0003`;
    const read = (errors: string, warnings = '0 00000000 00000000'): string | undefined => matchErrorQuery(latin(line(errors, warnings)))?.value.condition;
    expect(read('0 00000000 00000000')).toBe('ready');
    expect(read('1 00000000 00000001')).toBe('out_of_paper');
    expect(read('1 00000000 00000005')).toBe('head_open');
    expect(read('1 00000000 00010000')).toBe('paused');
    expect(read('1 00000000 00001000')).toBe('jam');
    expect(read('1 00000000 00000400')).toBe('error');
    expect(read('1 00000001 00000000')).toBe('error');
    expect(read('0 00000000 00000000', '1 00000000 00000008')).toBe('ready');
    expect(decodeErrorMask(0x10, 0).condition).toBe('over_heated');
    expect(matchErrorQuery(latin('\u0002PRINTER STATUS ERRORS: 1'))).toBeUndefined();
  });
  it('SGD: quoted, unknown keys, counters with words and commas', () => {
    expect(matchSgd(latin('\r\n"12345"'))).toMatchObject({ value: '12345' });
    expect(matchSgd(latin('"123'))).toBeUndefined();
    expect([readOdometer('12345'), readOdometer('1,234 LABELS'), readOdometer('?'), readOdometer('')]).toEqual([12345, 1234, undefined, undefined]);
  });
});

describe('ESC/POS', () => {
  it('DLE EOT: only bytes with the fixed bits count', () => {
    expect([0x12, 0x16, 0x1a, 0x72].every(isRealTimeByte)).toBe(true);
    expect([0x00, 0x10, 0x13, 0x92, 0x37].some(isRealTimeByte)).toBe(false);
    expect(matchRealTime(Uint8Array.of(0x00, 0xff, 0x12))).toEqual({ value: 0x12, end: 3 });
  });
  it.each<[[number, number, number, number], string]>([
    [[0x12, 0x12, 0x12, 0x12], 'ready'], [[0x1a, 0x12, 0x12, 0x12], 'off_line'], [[0x1a, 0x16, 0x12, 0x12], 'head_open'], [[0x1a, 0x32, 0x12, 0x72], 'out_of_paper'],
    [[0x1a, 0x52, 0x1a, 0x12], 'jam'], [[0x1a, 0x52, 0x32, 0x12], 'error'], [[0x1a, 0x52, 0x52, 0x12], 'over_heated'], [[0x12, 0x12, 0x12, 0x1e], 'ready'], [[0x12, 0x1a, 0x12, 0x12], 'busy'],
  ])('DLE EOT %s is %s', (answers, condition) => expect(decodeRealTime(answers).condition).toBe(condition));

  it('automatic status back is told from a real-time byte by its fixed bits', () => {
    expect(matchAutomatic(Uint8Array.of(0x10, 0x00, 0x00, 0x00))).toMatchObject({ value: { condition: 'ready' }, end: 4 });
    expect(matchAutomatic(Uint8Array.of(0x12, 0x38, 0x00, 0x0c, 0x00))).toMatchObject({ value: { condition: 'head_open' }, start: 1 });
    expect(matchAutomatic(Uint8Array.of(0x12, 0x12, 0x12, 0x12))).toBeUndefined();
    expect(decodeAutomatic(0x10, 0x08, 0x00).condition).toBe('jam');
    expect(decodeAutomatic(0x18, 0x00, 0x0c).condition).toBe('out_of_paper');
  });
  it('process id: command and echo', () => {
    expect([...processIdCommand('A7Q0')]).toEqual([0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, 0x41, 0x37, 0x51, 0x30]);
    expect(() => processIdCommand('A7\u0000')).toThrow();
    expect(matchProcessId(Uint8Array.of(0x12, 0x37, 0x22, 0x41, 0x37, 0x51, 0x30, 0x00))).toMatchObject({ value: 'A7Q0', start: 1, end: 8 });
    expect(matchProcessId(Uint8Array.of(0x37, 0x22, 0x41, 0x37, 0x51, 0x30))).toBeUndefined();
  });
  it('an ordered answer has no real-time bits', () => {
    expect(matchOrdered(Uint8Array.of(0x12, 0x00))).toEqual({ value: 0, end: 2 });
  });
});

it('no matcher ever throws or reads past the end, whatever a printer says', () => {
  const matchers = [matchTsplByte, matchTsplFrame, matchGprinterResponse, matchHostStatus, matchErrorQuery, matchSgd, matchRealTime, matchAutomatic, matchProcessId, matchOrdered];
  assert(property(uint8Array({ maxLength: 200 }), (bytes) => {
    for (const matcher of matchers) {
      const found = matcher(bytes);
      if (found === undefined) continue;
      expect(found.end).toBeGreaterThan(found.start ?? 0);
      expect(found.end).toBeLessThanOrEqual(bytes.length);
    }
  }));
});
