import type { ReceiverView } from '../../../common/contract/orders.ts';
import { useAddressesTexts } from '../addresses/texts.ts';
import { missingFields, oddPhone, recipientFields } from './draft.ts';
import type { ParsedAddress, RecipientField } from './draft.ts';
import { useManualTexts } from './texts.ts';

/** What to say beside each field of a recipient: doubts of the reader until somebody changed the field, then what is plainly wrong. */
export function useHints(): (receiver: ReceiverView, read: ParsedAddress | undefined, touched: ReadonlySet<string>, strict: boolean) => Map<RecipientField, string> {
  const t = useManualTexts();
  const words = useAddressesTexts();
  const needed = { name: 'needName', phone: 'needPhone', detail: 'needAddress' } as const;
  return (receiver, read, touched, strict) => {
    const hints = new Map<RecipientField, string>();
    const fields: ReadonlySet<string> = new Set(recipientFields);
    for (const { field, reason, text } of read?.doubts ?? []) {
      if (fields.has(field) && !touched.has(field) && !(reason === 'missing' && receiver[field as RecipientField] !== '')) hints.set(field as RecipientField, words(`doubt_${reason}`, { text }));
    }
    if (oddPhone(receiver.phone)) hints.set('phone', t('badPhone'));
    if (strict) for (const field of missingFields(receiver)) hints.set(field, t(needed[field as keyof typeof needed]));
    return hints;
  };
}
