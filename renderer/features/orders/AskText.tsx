import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { Key, useKey } from '../../ui/Key.tsx';
import { useActionTexts } from './actionTexts.ts';

interface Props {
  readonly title: string;
  /** What the words will do, on the button. */
  readonly action: string;
  readonly maxLength: number;
  /** True when saying nothing is an answer too. */
  readonly mayBeEmpty?: boolean;
  readonly onText: (text: string) => void;
  readonly onClose: () => void;
}

/** A few words from the keyboard: typed, and done with Ctrl+Enter. */
export function AskText({ title, action, maxLength, mayBeEmpty = false, onText, onClose }: Props) {
  const t = useActionTexts();
  const [text, setText] = useState('');
  const ready = mayBeEmpty || text.trim() !== '';
  function done(): void {
    onText(text.trim());
    onClose();
  }
  useKey('Ctrl+Enter', done, ready);
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      footer={[
        <Button key="close" onClick={onClose}>
          {t('close')}
          <Key>Esc</Key>
        </Button>,
        <Button key="do" type="primary" disabled={!ready} onClick={done}>
          {action}
          <Key>Ctrl+Enter</Key>
        </Button>,
      ]}
    >
      <Input.TextArea autoFocus aria-label={title} maxLength={maxLength} autoSize={{ minRows: 2 }} value={text} onChange={(event) => setText(event.target.value)} />
    </Modal>
  );
}
