import { Input } from 'antd';
import { useEffect, useState } from 'react';

/**
 * A cell that is edited in place: Enter or leaving the field saves a change, Escape gives the old value back. Enter while an input
 * method composes is the input method's own.
 */
export function InlineText({ value, label, onSave, maxLength = 40, placeholder, width }: { value: string; label: string; onSave: (value: string) => void; maxLength?: number; placeholder?: string; width?: number }) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  function commit(): void {
    const next = draft.trim();
    if (next !== value) onSave(next);
    else setDraft(value);
  }
  return (
    <Input
      size="small"
      aria-label={label}
      style={width === undefined ? undefined : { width }}
      value={draft}
      maxLength={maxLength}
      {...(placeholder !== undefined && { placeholder })}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setDraft(value);
      }}
    />
  );
}
