import { useEffect, useRef } from 'react';

/** The key of an action, shown on its button. */
export function Key({ children }: { children: string }) {
  return <kbd className="key">{children}</kbd>;
}

/**
 * Runs `action` on a key such as `Ctrl+P` wherever the focus is; Cmd counts as Ctrl on a Mac. Keys pressed while an input method
 * composes are its own.
 */
export function useKey(key: string, action: () => void, enabled = true): void {
  const latest = useRef(action);
  latest.current = action;
  useEffect(() => {
    if (!enabled) return undefined;
    const parts = key.toLowerCase().split('+');
    const wanted = parts.at(-1);
    function onKey(event: KeyboardEvent): void {
      if (event.isComposing) return;
      const control = event.ctrlKey || event.metaKey;
      if (control !== parts.includes('ctrl') || event.shiftKey !== parts.includes('shift') || event.altKey !== parts.includes('alt')) return;
      if (event.key.toLowerCase() !== wanted) return;
      event.preventDefault();
      latest.current();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [key, enabled]);
}
