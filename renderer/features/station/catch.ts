/**
 * Catches scans in a window wherever the focus is, and puts everything else back as if nobody listened: a text field gets back what it
 * held before the scan, and keys that turn out to be a person's reach the page a moment later.
 */
import { isForScans } from '../../ui/takesScan.ts';
import { createScanner } from './scanner.ts';

export interface Caught {
  readonly code: string;
  /** The PC's clock when the code was complete, milliseconds. */
  readonly capturedMs: number;
  /** `event.timeStamp` of its first key. */
  readonly since: number;
}

export interface Catching {
  /** True where a number typed slowly counts as well: on the page of the station. */
  byHand(): boolean;
  /** What is typed by hand so far, for the eye. */
  onText(text: string): void;
  onScan(caught: Caught): void;
}

/** Longer than between two keys of a scanner, a slow PC's hiccup included: the held keys are a person's. */
const heldMs = 150;

type Field = HTMLInputElement | HTMLTextAreaElement;

function fieldOf(target: EventTarget | null): Field | undefined {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !['button', 'checkbox', 'radio', 'range', 'submit'].includes(target.type)) ? target : undefined;
}

/** Where a scan began: the field, with what stood in it. */
interface Beginning {
  readonly at: number;
  readonly field: Field | undefined;
  readonly value: string;
  readonly from: number | null;
  readonly to: number | null;
}

/** The field as it was before the scan, whatever an input method or a longest length made of it; its owner is told as if a person had. */
function putBack({ field, value, from, to }: Beginning): void {
  if (field === undefined || field.value === value) return;
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
  if (from !== null) field.setSelectionRange(from, to);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Listens until the returned function is called. */
export function catchScans(given: Catching): () => void {
  const scanner = createScanner();
  /** Keys on their way to the page, kept until it is known whose they are. */
  let held: KeyboardEvent[] = [];
  const released = new WeakSet<KeyboardEvent>();
  let beginning: Beginning = { at: 0, field: undefined, value: '', from: null, to: null };
  let timers: ReturnType<typeof setTimeout>[] = [];

  function release(): void {
    const keys = held;
    held = [];
    for (const { key, code, location, shiftKey, target } of keys) {
      const again = new KeyboardEvent('keydown', { key, code, location, shiftKey, bubbles: true, cancelable: true });
      released.add(again);
      const place = target instanceof Node && target.isConnected ? target : document.body;
      place.dispatchEvent(again);
    }
  }
  function done(code: string): void {
    held = [];
    putBack(beginning);
    given.onText('');
    given.onScan({ code, capturedMs: Date.now(), since: beginning.at });
  }
  function stop(event: KeyboardEvent): void {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  function later(ms: number, work: () => void): void {
    timers.push(setTimeout(work, ms));
  }

  function onKey(event: KeyboardEvent): void {
    if (released.has(event)) return;
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    const field = fieldOf(event.target);
    if (field !== undefined && isForScans(field)) {
      release();
      scanner.clear();
      return;
    }
    const shared = field !== undefined || !given.byHand();
    const { key, code, shiftKey, isComposing, repeat } = event;
    const { taken, scan, part } = scanner.press({ key, code, at: event.timeStamp, shift: shiftKey, control: event.ctrlKey || event.metaKey || event.altKey, composing: isComposing, repeat }, shared);
    if (part === 'first') {
      release();
      beginning = { at: event.timeStamp, field, value: field?.value ?? '', from: field?.selectionStart ?? null, to: field?.selectionEnd ?? null };
    }
    if (taken) stop(event);
    if (scan !== undefined) return done(scan);
    if (!shared) given.onText(scanner.text());
    else if (field === undefined && part !== undefined) {
      stop(event);
      held.push(event);
      later(heldMs, () => scanner.scanning() || release());
    } else if (part === undefined && key !== 'Shift') release();
    later(scanner.waitMs() + 20, () => {
      const late = scanner.idle(performance.now());
      if (late === undefined) release();
      else done(late);
    });
  }
  window.addEventListener('keydown', onKey, true);
  return () => {
    for (const timer of timers) clearTimeout(timer);
    window.removeEventListener('keydown', onKey, true);
  };
}
