import { App, Button, Input, Modal, Space } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import type { ReceiverView } from '../../../common/contract/orders.ts';
import type { AppError } from '../../../common/errors.ts';
import { errorText } from '../../../common/error-texts.ts';
import { appError, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { Key, useKey } from '../../ui/Key.tsx';
import { Questions, openQuestions } from '../addresses/Questions.tsx';
import { Sure } from '../import/Sure.tsx';
import { Goods } from './Goods.tsx';
import { RecipientFields } from './RecipientFields.tsx';
import { Shops } from './Shops.tsx';
import { copyLines, guessedLines, linesOf, missingFields, newLine, newNumber, receiverOf, withCandidate } from './draft.ts';
import type { GoodsLine, ParsedAddress } from './draft.ts';
import { useManualTexts } from './texts.ts';
import { useHints } from './useHints.ts';
import './manual.css';

/** One recipient of the paste on its way to an order. */
interface Card {
  readonly number: string;
  readonly text: string;
  readonly read: ParsedAddress;
  readonly receiver: ReceiverView;
  readonly note: string;
  /** Its own goods; null: those all share. */
  readonly lines: readonly GoodsLine[] | null;
  /** Its goods are as the text calls them, and nobody has changed them since. */
  readonly guessed: boolean;
  readonly touched: ReadonlySet<string>;
  readonly failure?: AppError;
}

/** Below this the reader itself says that somebody has to look. */
const sure = 0.8;

const questions = (card: Card) => openQuestions(card.read, card.touched);

/** Several recipients in one paste: each read, doubts marked with the answers to click, corrected in place, created together. */
export function PasteOrders({ text: given = '', onClose }: { text?: string; onClose: () => void }) {
  const t = useManualTexts();
  const locale = useLocale();
  const failure = useFailure();
  const hintsOf = useHints();
  const { message } = App.useApp();
  const [shopId, setShopId] = useState<string | null>(null);
  const [text, setText] = useState(given);
  const [cards, setCards] = useState<readonly Card[] | null>(null);
  const [lines, setLines] = useState<readonly GoodsLine[]>(() => [newLine()]);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const chooseShop = useCallback((id: string) => setShopId(id), []);

  async function read(from: string): Promise<void> {
    try {
      const { recipients } = await client.addresses.parse({ text: from });
      setCards(recipients.map(({ text: part, address, goods }) => ({ number: newNumber(), text: part, read: address, receiver: receiverOf(address), note: address.note, lines: goods.length === 0 ? null : guessedLines(goods), guessed: goods.length > 0, touched: new Set() })));
      setSaid('');
    } catch (thrown) {
      failure(thrown);
    }
  }
  useEffect(() => {
    if (given.trim() !== '') void read(given);
    // Read once, when opened with a paste.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const list = cards ?? [];
  const change = (number: string, patch: Partial<Card>): void => setCards((current) => current && current.map((card) => (card.number === number ? { ...card, ...patch } : card)));
  const edit = (card: Card, patch: Partial<ReceiverView>): void => change(card.number, { receiver: { ...card.receiver, ...patch }, touched: new Set([...card.touched, ...Object.keys(patch)]) });
  const doubtful = (card: Card): boolean => !card.touched.has('*') && (questions(card).length > 0 || missingFields(card.receiver).length > 0 || card.read.confidence < sure);
  const ready = shopId !== null && list.length > 0 && list.every((card) => missingFields(card.receiver).length === 0);

  /** A start for its own goods are those all share; the keyboard goes on in them. */
  function giveOwnGoods(card: Card): void {
    change(card.number, { lines: copyLines(lines) });
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`#paste-${card.number}-goods-0`)?.focus());
  }

  /** What was not created stays on the screen with its reason; sent again, nothing is created twice. */
  async function create(): Promise<void> {
    if (shopId === null || busy) return;
    setBusy(true);
    try {
      const outcomes = await client.orders.createSeveral({ orders: list.map((card) => ({ shopId, number: card.number, receiver: card.receiver, lines: linesOf(card.lines ?? lines), sellerNote: card.note })) });
      const left = list.flatMap((card, index) => {
        const outcome = outcomes[index];
        if (outcome === undefined) return [card];
        const error = outcome.ok ? undefined : (outcome.failure as AppError);
        // The number is ours: taken means it was created by the time before.
        return error === undefined || (error.code === 'CONFLICT' && error.data.reason === 'number') ? [] : [{ ...card, failure: error }];
      });
      if (left.length === 0) {
        message.success(t('allMade', { count: list.length }));
        onClose();
        return;
      }
      setCards(left);
      setSaid(t('someMade', { made: list.length - left.length, left: left.length }));
    } catch (thrown) {
      // Beside the button, where a note in the corner would cover it.
      const error = appError(thrown);
      setSaid(error === undefined ? t('lost') : `${errorText(error, locale)} ${t('again')}`);
    } finally {
      setBusy(false);
    }
  }
  useKey('Ctrl+Enter', () => void create(), ready);

  return (
    <Modal
      open
      width={980}
      style={{ top: 24 }}
      title={t('pasteTitle')}
      onCancel={onClose}
      maskClosable={false}
      // Escape closes a list of suggestions; pressed once too often it must not take what was typed.
      keyboard={false}
      footer={
        <div className="paste-foot">
          <strong aria-live="polite">{said !== '' ? said : cards === null ? '' : list.length === 0 ? t('readNone') : t('readCount', { count: list.length, doubtful: list.filter(doubtful).length })}</strong>
          <Button onClick={onClose}>{t('close')}</Button>
          <Button type="primary" disabled={!ready} loading={busy} onClick={() => void create()}>
            {t('createAll', { count: list.length })}
            <Key>Ctrl+Enter</Key>
          </Button>
        </div>
      }
    >
      <div className="manual-form">
        <Space.Compact block>
          <Input.TextArea
            autoFocus
            aria-label={t('pasteLabel')}
            placeholder={t('pasteHint')}
            autoSize={{ minRows: 2, maxRows: 5 }}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onPaste={(event) => {
              const pasted = event.clipboardData.getData('text');
              if (text.trim() !== '' || pasted === '') return;
              event.preventDefault();
              setText(pasted);
              void read(pasted);
            }}
          />
          <Button style={{ height: 'auto' }} disabled={text.trim() === ''} onClick={() => void read(text)}>
            {t('read')}
          </Button>
        </Space.Compact>
        <Shops value={shopId} onChange={chooseShop} />
        {cards !== null && (
          <>
            <div>
              <div className="muted">{t('sameGoods')}</div>
              <Goods prefix="paste" shopId={shopId} lines={lines} onChange={setLines} />
            </div>
            <div className="paste-list">
              {list.map((card, index) => (
                <section key={card.number} className="paste-card" data-doubtful={doubtful(card)} data-failed={card.failure !== undefined} aria-label={`${index + 1} ${card.receiver.name}`}>
                  <div className="paste-head">
                    <strong>{index + 1}</strong>
                    <Sure share={card.read.confidence} />
                    <span className="muted">{t(doubtful(card) ? 'look' : 'sure')}</span>
                    <span style={{ flex: 1 }} />
                    {doubtful(card) && missingFields(card.receiver).length === 0 && questions(card).length === 0 && (
                      <Button size="small" onClick={() => change(card.number, { touched: new Set([...card.touched, '*', 'name', 'phone', 'province', 'city', 'district', 'town', 'detail']) })}>
                        {t('keep')}
                      </Button>
                    )}
                    <Button size="small" onClick={() => setCards(list.filter((one) => one !== card))}>
                      {t('drop')}
                    </Button>
                  </div>
                  {card.failure && (
                    <div role="alert" style={{ color: 'var(--state-failed)' }}>
                      {errorText(card.failure, locale)}
                    </div>
                  )}
                  <pre className="paste-source" title={t('source')}>{card.text}</pre>
                  <Questions questions={questions(card)} onChoose={(candidate, reason) => edit(card, changed(card.receiver, withCandidate(card.receiver, reason, candidate)))} />
                  <RecipientFields prefix={`paste-${index}`} receiver={card.receiver} onChange={(patch) => edit(card, patch)} hints={hintsOf(card.receiver, card.read, card.touched, true)} />
                  {card.lines !== null && <Goods prefix={`paste-${card.number}`} shopId={shopId} lines={card.lines} guessed={card.guessed} onChange={(own) => change(card.number, { lines: own, guessed: false })} />}
                  <div className="paste-head">
                    <Input aria-label={t('sellerNote')} placeholder={t('sellerNote')} value={card.note} onChange={(event) => change(card.number, { note: event.target.value })} />
                    {card.lines === null ? (
                      <Button size="small" onClick={() => giveOwnGoods(card)}>
                        {t('ownGoods')}
                      </Button>
                    ) : (
                      <Button size="small" onClick={() => change(card.number, { lines: null, guessed: false })}>
                        {t('backToSame')}
                      </Button>
                    )}
                  </div>
                </section>
              ))}
            </div>
          </>
        )}
      </div>
    </Modal>
  );
}

/** Only what differs, so that the rest does not count as corrected. */
function changed(before: ReceiverView, after: ReceiverView): Partial<ReceiverView> {
  return Object.fromEntries(Object.entries(after).filter(([field, value]) => before[field as keyof ReceiverView] !== value));
}
