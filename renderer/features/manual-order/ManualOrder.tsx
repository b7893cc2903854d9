import { App, Button, Input, Modal, Radio } from 'antd';
import { useCallback, useState } from 'react';
import { flags } from '../../../common/contract/orders.ts';
import type { ReceiverView } from '../../../common/contract/orders.ts';
import { client } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { Key, useKey } from '../../ui/Key.tsx';
import { Guess } from '../addresses/Guess.tsx';
import type { ParsedRecipient } from '../addresses/Guess.tsx';
import { useFilterTexts } from '../orders/filterTexts.ts';
import { Goods } from './Goods.tsx';
import { Recent } from './Recent.tsx';
import { RecipientFields } from './RecipientFields.tsx';
import { Shops } from './Shops.tsx';
import { guessedLines, linesOf, missingFields, newLine, newNumber, noReceiver, receiverOf, withCandidate } from './draft.ts';
import type { GoodsLine, ParsedAddress } from './draft.ts';
import { useManualTexts } from './texts.ts';
import { useHints } from './useHints.ts';
import './manual.css';

type Flag = (typeof flags)[number];

/** One order typed in: pasted words, somebody sent to before, or field by field; by keyboard from start to end. */
export function ManualOrder({ onClose }: { onClose: () => void }) {
  const t = useManualTexts();
  const words = useFilterTexts();
  const failure = useFailure();
  const hintsOf = useHints();
  const { message } = App.useApp();
  const [shopId, setShopId] = useState<string | null>(null);
  const [receiver, setReceiver] = useState<ReceiverView>(noReceiver);
  const [read, setRead] = useState<ParsedAddress>();
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [lines, setLines] = useState<readonly GoodsLine[]>(() => [newLine()]);
  /** The goods are as the pasted text calls them, and nobody has changed them since. */
  const [guessed, setGuessed] = useState(false);
  const [buyerNote, setBuyerNote] = useState('');
  const [sellerNote, setSellerNote] = useState('');
  const [flag, setFlag] = useState<Flag>('none');
  const [number, setNumber] = useState(newNumber);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  /** A new form for the next order: its boxes are built anew, so that nothing of the last one stays. */
  const [form, setForm] = useState(0);
  const chooseShop = useCallback((id: string) => setShopId(id), []);

  function change(patch: Partial<ReceiverView>): void {
    setReceiver((before) => ({ ...before, ...patch }));
    setTouched((before) => new Set([...before, ...Object.keys(patch)]));
  }
  function take({ address, goods }: ParsedRecipient): void {
    setRead(address);
    setTouched(new Set());
    setReceiver(receiverOf(address));
    if (address.note !== '') setSellerNote(address.note);
    // Goods somebody typed are not written over.
    if (goods.length > 0 && linesOf(lines).length === 0) {
      setLines(guessedLines(goods));
      setGuessed(true);
    }
  }
  function fill(known: ReceiverView): void {
    setRead(undefined);
    setReceiver(known);
    document.querySelector<HTMLElement>('#manual-goods-0')?.focus();
  }
  function changeLines(next: readonly GoodsLine[]): void {
    setLines(next);
    setGuessed(false);
  }
  function startNext(): void {
    setReceiver(noReceiver);
    setRead(undefined);
    setTouched(new Set());
    setLines([newLine()]);
    setGuessed(false);
    setBuyerNote('');
    setSellerNote('');
    setFlag('none');
    setNumber(newNumber());
    setTried(false);
    setForm((count) => count + 1);
  }
  async function save(next: boolean): Promise<void> {
    setTried(true);
    if (shopId === null || busy || missingFields(receiver).length > 0) return;
    setBusy(true);
    try {
      const made = await client.orders.createManual({ shopId, number, receiver, lines: linesOf(lines), buyerNote, sellerNote, flag });
      message.success(t(made.stage === 'problem' ? 'madeProblem' : 'made', { number: made.number }));
      if (next) startNext();
      else onClose();
    } catch (thrown) {
      failure(thrown);
    } finally {
      setBusy(false);
    }
  }
  useKey('Ctrl+Enter', () => void save(false));
  useKey('Ctrl+Shift+Enter', () => void save(true));

  return (
    <Modal
      open
      width={880}
      style={{ top: 24 }}
      title={t('title')}
      onCancel={onClose}
      maskClosable={false}
      // Escape closes a list of suggestions; pressed once too often it must not take what was typed.
      keyboard={false}
      footer={[
        <Button key="close" onClick={onClose}>
          {t('close')}
        </Button>,
        <Button key="next" disabled={shopId === null} loading={busy} onClick={() => void save(true)}>
          {t('saveNext')}
          <Key>Ctrl+Shift+Enter</Key>
        </Button>,
        <Button key="save" type="primary" disabled={shopId === null} loading={busy} onClick={() => void save(false)}>
          {t('save')}
          <Key>Ctrl+Enter</Key>
        </Button>,
      ]}
    >
      <div className="manual-form" key={form}>
        <Shops value={shopId} onChange={chooseShop} />
        <Guess guess={read} touched={touched} autoFocus onTake={take} onChoose={(candidate, reason) => change(withCandidate(receiver, reason, candidate))} />
        <Recent onChoose={fill} />
        <RecipientFields prefix="manual" receiver={receiver} onChange={change} hints={hintsOf(receiver, read, touched, tried)} />
        <div className="manual-field">
          <span>{t('goods')}</span>
          <Goods prefix="manual" shopId={shopId} lines={lines} guessed={guessed} onChange={changeLines} />
        </div>
        <div className="manual-notes">
          <div className="manual-field">
            <label htmlFor="manual-seller-note">{t('sellerNote')}</label>
            <Input id="manual-seller-note" value={sellerNote} maxLength={1000} onChange={(event) => setSellerNote(event.target.value)} />
          </div>
          <div className="manual-field">
            <label htmlFor="manual-buyer-note">{t('buyerNote')}</label>
            <Input id="manual-buyer-note" value={buyerNote} maxLength={1000} onChange={(event) => setBuyerNote(event.target.value)} />
          </div>
          <div className="manual-field">
            <span id="manual-flag">{t('flag')}</span>
            <Radio.Group aria-labelledby="manual-flag" size="small" optionType="button" value={flag} options={flags.map((value) => ({ value, label: words(value) }))} onChange={(event) => setFlag(event.target.value as Flag)} />
          </div>
        </div>
      </div>
    </Modal>
  );
}
