/**
 * Tells a scanner from a person by the time between keys. Pure: it is given key presses with their time and says what to do with each, so
 * that recorded timings can be played to it. A scanner is a keyboard that types fast; it may end with Enter, Tab or nothing, and a Chinese
 * input method may sit between it and us.
 */

export interface KeyPress {
  readonly key: string;
  /** Physical key, the same whatever the input method makes of it. */
  readonly code: string;
  /** Milliseconds. */
  readonly at: number;
  readonly shift?: boolean;
  /** Ctrl, Alt or Meta is down. */
  readonly control?: boolean;
  readonly composing?: boolean;
  readonly repeat?: boolean;
}

export interface Pressed {
  /** The key belongs to the scanner or to a number being typed: nobody else should see it. */
  readonly taken: boolean;
  /** A code is complete. */
  readonly scan?: string;
  /** Its character may be part of a code: `first` when one would begin here. */
  readonly part?: 'first' | 'more';
}

/** Keys closer than this on average are no person's. */
const fastMs = 60;
/** A pause that long begins a new text; a hiccup of a slow PC or of Bluetooth is shorter. */
const newTextMs = 400;
/** What is typed and left standing is forgotten when the next key comes that much later. */
const forgottenMs = 8_000;
const shortestScan = 6;
/** How long after its last key a scanner without Enter is done; one that is known to send Enter is waited for. */
const endMs = { unknown: 200, withEnter: 900 } as const;

const symbols: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  Minus: ['-', '_'], Equal: ['=', '+'], Slash: ['/', '?'], Period: ['.', '>'], Comma: [',', '<'], Semicolon: [';', ':'], Quote: ["'", '"'], BracketLeft: ['[', '{'], BracketRight: [']', '}'],
  Backslash: ['\\', '|'], Backquote: ['`', '~'], Space: [' ', ' '], NumpadSubtract: ['-', '-'], NumpadAdd: ['+', '+'], NumpadDivide: ['/', '/'], NumpadMultiply: ['*', '*'], NumpadDecimal: ['.', '.'],
};

/** The character of a key, read from the physical key where an input method hides it; undefined for keys without one. */
export function characterOf({ key, code, shift = false, control = false, composing = false }: KeyPress): string | undefined {
  if (control) return undefined;
  if (!composing && [...key].length === 1) return key.normalize('NFKC');
  if (!composing && key !== 'Process' && key !== 'Unidentified') return undefined;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shift ? letter : letter.toLowerCase();
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  return symbols[code]?.[shift ? 1 : 0];
}

export type Scanner = ReturnType<typeof createScanner>;

export function createScanner() {
  let text = '';
  /** Where the text since the last pause begins, when its first key came, and the last one. */
  let start = 0;
  let firstAt = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  let sendsEnter = false;

  function clear(): void {
    text = '';
    start = 0;
    lastAt = Number.NEGATIVE_INFINITY;
  }
  /** Only a scanner types the last part that fast. */
  function isFast(): boolean {
    const length = text.length - start;
    return length >= shortestScan && lastAt - firstAt <= fastMs * (length - 1);
  }
  function take(code: string): Pressed {
    clear();
    return { taken: true, scan: code };
  }

  return {
    /**
     * One key. With `shared` slow keys and their Enter are somebody else's, a text field's or a page's, and only a scan is taken out;
     * without it a number typed by hand counts as well.
     */
    press(press: KeyPress, shared = false): Pressed {
      const character = characterOf(press);
      if (character !== undefined && character !== '') {
        if (press.repeat === true) return { taken: !shared };
        if (text === '' && character === ' ') return { taken: false };
        if (press.at - lastAt > forgottenMs) clear();
        const first = text === '' || press.at - lastAt > newTextMs;
        if (first) {
          start = text.length;
          firstAt = press.at;
        }
        text += character;
        lastAt = press.at;
        return { taken: !shared, part: first ? 'first' : 'more' };
      }
      if (text === '' || press.control === true) return { taken: false };
      if (press.key === 'Enter' || press.key === 'Tab' || press.code === 'Enter' || press.code === 'NumpadEnter' || press.code === 'Tab') {
        if (press.at - lastAt <= newTextMs && isFast()) {
          sendsEnter = true;
          return take(text.slice(start));
        }
        if (!shared) return take(text);
        clear();
        return { taken: false };
      }
      if (shared) return { taken: false };
      if (press.key === 'Backspace') {
        text = text.slice(0, -1);
        start = Math.min(start, text.length);
        return { taken: true };
      }
      if (press.key === 'Escape') {
        clear();
        return { taken: true };
      }
      return { taken: false };
    },

    /** Called a while after a key: a scanner that sends no Enter is done when nothing more comes. */
    idle(now: number): string | undefined {
      if (text === '' || !isFast() || now - lastAt < (sendsEnter ? endMs.withEnter : endMs.unknown)) return undefined;
      return take(text.slice(start)).scan;
    },
    /** How long to wait before asking `idle`. */
    waitMs: (): number => (sendsEnter ? endMs.withEnter : endMs.unknown),
    /** What is typed so far, for the eye. */
    text: (): string => text,
    /** True while keys come as only a scanner sends them. */
    scanning: (): boolean => text.length - start >= 3 && lastAt - firstAt <= fastMs * (text.length - start - 1),
    clear,
  };
}
