/** What the packer hears without looking up; made on the spot, no files. */

export type Sound = 'good' | 'tick' | 'wrong' | 'twice' | 'unknown';

/** [frequency in Hz, from, to in seconds]; a rising pair is good, low and long is wrong, two equal beeps is "twice", three falling "not found". */
const notes: Readonly<Record<Sound, { readonly shape: OscillatorType; readonly loud: number; readonly tones: readonly (readonly [number, number, number])[] }>> = {
  good: { shape: 'sine', loud: 0.35, tones: [[880, 0, 0.09], [1320, 0.09, 0.22]] },
  tick: { shape: 'sine', loud: 0.25, tones: [[1320, 0, 0.06]] },
  wrong: { shape: 'square', loud: 0.3, tones: [[160, 0, 0.55]] },
  twice: { shape: 'triangle', loud: 0.4, tones: [[520, 0, 0.12], [520, 0.2, 0.32]] },
  unknown: { shape: 'triangle', loud: 0.4, tones: [[740, 0, 0.1], [620, 0.12, 0.22], [500, 0.24, 0.38]] },
};

const muteKey = 'packbench.station.muted';
let context: AudioContext | undefined;

export function isMuted(): boolean {
  return localStorage.getItem(muteKey) === '1';
}

export function setMuted(muted: boolean): void {
  localStorage.setItem(muteKey, muted ? '1' : '0');
}

/** Plays a sound; silent where the PC has none. */
export function play(sound: Sound): void {
  if (isMuted() || typeof AudioContext === 'undefined') return;
  context ??= new AudioContext();
  void context.resume();
  const { shape, loud, tones } = notes[sound];
  for (const [frequency, from, to] of tones) {
    const oscillator = context.createOscillator();
    const gain = context.createGain();
    const start = context.currentTime + from;
    const end = context.currentTime + to;
    oscillator.type = shape;
    oscillator.frequency.value = frequency;
    // Without the short slopes every tone begins and ends with a click.
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(loud, start + 0.01);
    gain.gain.setValueAtTime(loud, end - 0.02);
    gain.gain.linearRampToValueAtTime(0, end);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(start);
    oscillator.stop(end);
  }
}
