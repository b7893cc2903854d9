import { useEffect, useRef } from 'react';

/** Cells copied from a spreadsheet and pasted anywhere outside a field are a table to import. */
export function usePastedTable(onTable: (file: File) => void): void {
  const latest = useRef(onTable);
  latest.current = onTable;
  useEffect(() => {
    function onPaste(event: ClipboardEvent): void {
      const target = event.target as HTMLElement | null;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (target?.closest('input, textarea, [contenteditable]') || !text.includes('\t') || !text.includes('\n')) return;
      event.preventDefault();
      latest.current(new File([text], 'paste.tsv', { type: 'text/tab-separated-values' }));
    }
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, []);
}
