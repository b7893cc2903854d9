/** The colour a packer knows a carrier's bags by, with words on it that are readable. */
const bands: Readonly<Record<string, readonly [background: string, ink: string]>> = {
  SF: ['#1f1d1a', '#ffffff'],
  YTO: ['#5b2a86', '#ffffff'],
  ZTO: ['#0b57a4', '#ffffff'],
  STO: ['#b45309', '#ffffff'],
  YUNDA: ['#ffd43b', '#1f1d1a'],
  JT: ['#c81e1e', '#ffffff'],
  JD: ['#9b1c31', '#ffffff'],
  DBL: ['#1d3557', '#ffffff'],
  EMS: ['#ffb703', '#1f1d1a'],
  POST: ['#1b6b3a', '#ffffff'],
  DN: ['#0e7490', '#ffffff'],
};

export function bandOf(carrierCode: string): { background: string; color: string } {
  const [background, color] = bands[carrierCode] ?? ['#4a453e', '#ffffff'];
  return { background, color };
}
