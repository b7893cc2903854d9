import { useEffect, useRef, useState } from 'react';
import { createScanner } from './scanner.ts';

function editable(target: EventTarget | null): HTMLInputElement | HTMLTextAreaElement | undefined {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !['button', 'checkbox', 'radio'].includes(target.type)) ? target : undefined;
}

/** Takes what a scanner typed into a field out again; the field's owner is told as if a person had. */
function takeOut(field: HTMLInputElement | HTMLTextAreaElement, code: string): void {
  const end = field.selectionStart ?? field.value.length;
  if (!field.value.slice(0, end).endsWith(code)) return;
  const rest = field.value.slice(0, end - code.length) + field.value.slice(end);
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, rest);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Catches scans wherever the focus is while the page is open. Returns what is typed so far. */
export function useScanner(onScan: (code: string, capturedMs: number) => void): string {
  const [text, setText] = useState('');
  const latest = useRef(onScan);
  latest.current = onScan;
  useEffect(() => {
    const scanner = createScanner();
    let timer: ReturnType<typeof setTimeout> | undefined;
    function done(code: string): void {
      setText('');
      latest.current(code, Date.now());
    }
    function onKey(event: KeyboardEvent): void {
      const field = editable(event.target);
      const { key, code, shiftKey, isComposing, repeat } = event;
      const { taken, scan } = scanner.press({ key, code, at: event.timeStamp, shift: shiftKey, control: event.ctrlKey || event.metaKey || event.altKey, composing: isComposing, repeat }, field !== undefined);
      if (taken) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      clearTimeout(timer);
      if (scan !== undefined) {
        if (field !== undefined) takeOut(field, scan);
        done(scan);
        return;
      }
      if (field === undefined) setText(scanner.text());
      timer = setTimeout(() => {
        const late = scanner.idle(performance.now());
        if (late === undefined) return;
        if (field !== undefined) takeOut(field, late);
        done(late);
      }, scanner.waitMs() + 20);
    }
    window.addEventListener('keydown', onKey, true);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', onKey, true);
    };
  }, []);
  return text;
}
