import { describe, expect, it } from 'vitest';
import { defaultProfiles } from '../../printing/languages/profiles.ts';
import { calibrated } from './calibrate.ts';
import { measureMediaBytes } from './media.ts';

function profile(id: string) {
  const found = defaultProfiles.find((preset) => preset.id === id);
  if (found === undefined) throw new Error(id);
  return found.profile;
}

const tspl = { ...profile('tspl-203'), offset: { xMicrometres: 500, yMicrometres: 0 } };

describe('calibration', () => {
  it('moves the lines to 10 mm from where they were measured', () => {
    expect(calibrated(tspl, { id: 'p', leftMillimetres: 8.8, topMillimetres: 11 }).offset).toEqual({ xMicrometres: 1_700, yMicrometres: -1_000 });
  });

  it('leaves alone what was not measured', () => {
    expect(calibrated(tspl, { id: 'p' })).toEqual(tspl);
    expect(calibrated(tspl, { id: 'p', bars: 'good', rulerMillimetres: 50.4 })).toEqual(tspl);
  });

  it('steps darkness within the scale of the language', () => {
    expect(calibrated(tspl, { id: 'p', bars: 'too_light' }).darkness).toBe(10);
    expect(calibrated({ ...tspl, darkness: 15 }, { id: 'p', bars: 'too_light' }).darkness).toBe(15);
    expect(calibrated({ ...profile('zpl-203'), darkness: 2 }, { id: 'p', bars: 'too_dark' }).darkness).toBe(0);
    expect(() => calibrated(profile('escpos-80'), { id: 'p', bars: 'too_dark' })).toThrow(/BAD_INPUT/);
  });

  it('names the resolution a wrong ruler tells of, and changes nothing', () => {
    expect(() => calibrated(tspl, { id: 'p', rulerMillimetres: 33.8, leftMillimetres: 6.8 })).toThrow(/PRINTER_SCALE_WRONG.*"likelyDpi":300/);
    expect(() => calibrated(profile('tspl-300'), { id: 'p', rulerMillimetres: 73.8 })).toThrow(/"likelyDpi":203/);
  });

  it('refuses a shift that is no calibration', () => {
    expect(() => calibrated(tspl, { id: 'p', leftMillimetres: -12 })).toThrow(/BAD_INPUT/);
  });
});

describe('measuring the paper', () => {
  it('sends the command of the language, with the paper it is about', () => {
    expect(Buffer.from(measureMediaBytes(tspl)).toString()).toBe('\r\nSIZE 76 mm,130 mm\r\nGAP 3 mm,0 mm\r\nGAPDETECT\r\n');
    expect(Buffer.from(measureMediaBytes(profile('zpl-203'))).toString()).toContain('~JC');
  });

  it('says so where there is none', () => {
    expect(() => measureMediaBytes(profile('cpcl-4'))).toThrow(/BAD_INPUT/);
    expect(() => measureMediaBytes(profile('escpos-80'))).toThrow(/BAD_INPUT/);
  });
});
