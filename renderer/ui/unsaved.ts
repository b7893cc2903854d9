/** What a person has begun and not saved, so that nothing that moves by itself (a scan) throws it away. */
import { useEffect } from 'react';

const pages = new Set<symbol>();

/** For a page with a draft of its own: while `dirty`, a scan does not leave it. Windows and forms need nothing, they are watched. */
export function useUnsaved(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return undefined;
    const page = Symbol();
    pages.add(page);
    return () => void pages.delete(page);
  }, [dirty]);
}

/** Windows and forms somebody wrote in, with the time (`event.timeStamp`) of the first change. */
const written = new Map<Element, number>();
const windows = '.ant-modal, .ant-drawer';
/** Controls that change without an `input` event of their own. */
const choices = '.ant-select, .ant-picker, .ant-switch, .ant-input-number-handler';

function isShown(element: Element): boolean {
  return element.isConnected && element.getClientRects().length > 0;
}

/** Notices what is written in windows and forms, until the returned function is called. */
export function watchWriting(): () => void {
  function note(event: Event): void {
    const target = event.target instanceof Element && event.isTrusted ? event.target : null;
    if (target === null || (event.type === 'pointerdown' && target.closest(choices) === null)) return;
    const scope = target.closest(windows) ?? target.closest('form');
    if (scope !== null && !written.has(scope)) written.set(scope, event.timeStamp);
  }
  function sent({ target }: Event): void {
    if (target instanceof Element) written.delete(target);
  }
  const noticed = ['input', 'change', 'pointerdown'];
  for (const type of noticed) document.addEventListener(type, note, true);
  document.addEventListener('submit', sent, true);
  return () => {
    for (const type of noticed) document.removeEventListener(type, note, true);
    document.removeEventListener('submit', sent, true);
  };
}

/**
 * What would be lost or left open by going to another page now: writing in a window or a form, a question that waits for its answer, or
 * the draft of the page. What was written at `since` or later is a scan's own and does not count.
 */
export function unsavedWork(since: number): 'window' | 'question' | 'page' | undefined {
  for (const [scope, at] of written) {
    if (!isShown(scope) || at >= since) written.delete(scope);
    else return scope.matches(windows) ? 'window' : 'page';
  }
  if ([...document.querySelectorAll('.ant-modal-confirm')].some(isShown)) return 'question';
  return pages.size > 0 ? 'page' : undefined;
}
