/** What each formatter of a field can be told. */
import { Checkbox, InputNumber, Select } from 'antd';
import type { Formatter } from '../../../common/domain/label/content.ts';
import { useLocale } from '../../i18n/index.ts';
import { TextInput } from './inputs.tsx';
import { useDesignerTexts } from './texts.ts';

export const formatNames: Readonly<Record<Formatter['kind'], { readonly 'zh-CN': string; readonly en: string; readonly make: Formatter }>> = {
  mask: { 'zh-CN': '脱敏', en: 'mask', make: { kind: 'mask', as: 'name' } },
  date: { 'zh-CN': '日期', en: 'date', make: { kind: 'date', pattern: 'YYYY-MM-DD HH:mm' } },
  money: { 'zh-CN': '金额', en: 'money', make: { kind: 'money', symbol: '¥' } },
  weight: { 'zh-CN': '重量', en: 'weight', make: { kind: 'weight', unit: 'kg' } },
  upper: { 'zh-CN': '大写', en: 'upper case', make: { kind: 'upper' } },
  lower: { 'zh-CN': '小写', en: 'lower case', make: { kind: 'lower' } },
  slice: { 'zh-CN': '截取', en: 'slice', make: { kind: 'slice', from: 0, to: 4 } },
  group: { 'zh-CN': '分组空格', en: 'groups', make: { kind: 'group', size: 4 } },
  pad: { 'zh-CN': '补位', en: 'pad', make: { kind: 'pad', length: 4, with: '0' } },
  join: { 'zh-CN': '合并', en: 'join', make: { kind: 'join', separator: '，', unique: true } },
  items: { 'zh-CN': '商品清单', en: 'item list', make: { kind: 'items', separator: '，', sku: true, location: false, quantity: 'several' } },
  when: { 'zh-CN': '是/否文字', en: 'yes/no words', make: { kind: 'when', yes: '是', no: '' } },
};

export function FormatterEditor({ formatter, onChange }: { formatter: Formatter; onChange: (formatter: Formatter) => void }) {
  const t = useDesignerTexts();
  const locale = useLocale();
  const name = formatNames[formatter.kind][locale];
  switch (formatter.kind) {
    case 'mask':
      return <Select size="small" aria-label={name} value={formatter.as} options={(['name', 'phone', 'address', 'text'] as const).map((value) => ({ value, label: t(`mask_${value}`) }))} onChange={(as) => onChange({ ...formatter, as })} />;
    case 'date':
      return <TextInput label={name} longest={40} value={formatter.pattern} onChange={(pattern) => pattern !== '' && onChange({ ...formatter, pattern })} />;
    case 'weight':
      return <Select size="small" aria-label={name} value={formatter.unit} options={[{ value: 'kg' as const, label: 'kg' }, { value: 'g' as const, label: 'g' }]} onChange={(unit) => onChange({ ...formatter, unit })} />;
    case 'money':
      return <TextInput label={name} longest={4} value={formatter.symbol} onChange={(symbol) => onChange({ ...formatter, symbol })} />;
    case 'slice':
      return (
        <div className="property-pair">
          <InputNumber size="small" aria-label={`${name} 1`} value={formatter.from} onChange={(from) => from !== null && onChange({ ...formatter, from })} />
          <InputNumber size="small" aria-label={`${name} 2`} value={formatter.to ?? null} onChange={(to) => onChange({ kind: 'slice', from: formatter.from, ...(to === null ? {} : { to }) })} />
        </div>
      );
    case 'group':
      return <InputNumber size="small" aria-label={name} min={1} max={20} value={formatter.size} onChange={(size) => size !== null && onChange({ ...formatter, size })} />;
    case 'pad':
      return (
        <div className="property-pair">
          <InputNumber size="small" aria-label={t('padLength')} prefix={<small className="muted">{t('padLength')}</small>} min={1} max={40} value={formatter.length} onChange={(length) => length !== null && onChange({ ...formatter, length })} />
          <TextInput label={t('padWith')} longest={1} value={formatter.with} onChange={(letter) => letter.length === 1 && onChange({ ...formatter, with: letter })} />
        </div>
      );
    case 'join':
      return (
        <div className="property-pair">
          <TextInput label={t('separator')} placeholder={t('separator')} longest={20} value={formatter.separator} onChange={(separator) => onChange({ ...formatter, separator })} />
          <Checkbox checked={formatter.unique} onChange={(event) => onChange({ ...formatter, unique: event.target.checked })}>{t('unique')}</Checkbox>
        </div>
      );
    case 'items':
      return (
        <>
          <div className="property-pair">
            <TextInput label={t('separator')} placeholder={t('separator')} longest={20} value={formatter.separator} onChange={(separator) => onChange({ ...formatter, separator })} />
            <InputNumber size="small" style={{ width: '100%' }} aria-label={t('mostGoods')} placeholder={t('mostGoods')} min={1} max={100} value={formatter.most ?? null} onChange={(most) => onChange({ ...formatter, most: most ?? undefined })} />
          </div>
          <div>
            <Checkbox checked={formatter.sku} onChange={(event) => onChange({ ...formatter, sku: event.target.checked })}>{t('sku')}</Checkbox>
            <Checkbox checked={formatter.location} onChange={(event) => onChange({ ...formatter, location: event.target.checked })}>{t('location')}</Checkbox>
          </div>
          <Select size="small" aria-label={t('quantity')} value={formatter.quantity} options={(['always', 'several', 'never'] as const).map((value) => ({ value, label: t(`quantity_${value}`) }))} onChange={(quantity) => onChange({ ...formatter, quantity })} />
        </>
      );
    case 'when':
      return (
        <div className="property-pair">
          <TextInput label={`${name} 1`} longest={100} value={formatter.yes} onChange={(yes) => onChange({ ...formatter, yes })} />
          <TextInput label={`${name} 2`} longest={100} value={formatter.no} onChange={(no) => onChange({ ...formatter, no })} />
        </div>
      );
    default:
      return null;
  }
}
