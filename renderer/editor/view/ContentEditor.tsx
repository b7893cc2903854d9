/** Text content as a list of parts: literal text and fields with their formats. */
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, InputNumber, Select } from 'antd';
import type { Content, ContentPart, Formatter } from '../../../common/domain/label/content.ts';
import { evaluateContent } from '../../../common/domain/label/content.ts';
import { useLocale } from '../../i18n/index.ts';
import { fieldPart } from '../core/new-elements.ts';
import { pickableFields } from './fields.ts';
import { TextInput } from './inputs.tsx';
import { useSession } from './session.ts';
import { useDesignerTexts } from './texts.ts';

type FieldPart = Extract<ContentPart, { field: string }>;

const formatNames: Readonly<Record<Formatter['kind'], { readonly 'zh-CN': string; readonly en: string; readonly make: Formatter }>> = {
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

export function ContentEditor({ content, onChange }: { content: Content; onChange: (content: Content) => void }) {
  const t = useDesignerTexts();
  const { data } = useSession();
  const replace = (index: number, part: ContentPart | undefined): void => onChange(content.flatMap((one, at) => (at === index ? (part === undefined ? [] : [part]) : [one])));
  const swap = (index: number, by: number): void => {
    const next = [...content];
    const [here, there] = [next[index], next[index + by]];
    if (here === undefined || there === undefined) return;
    next[index] = there;
    next[index + by] = here;
    onChange(next);
  };
  return (
    <div>
      {content.map((part, index) => (
        // The parts have no identity of their own: their place is what they are.
        <div key={index} className="part">
          {'text' in part ? <TextInput label={t('text_part')} lines longest={4_000} value={part.text} onChange={(text) => replace(index, { text })} /> : <FieldEditor part={part} onChange={(next) => replace(index, next)} />}
          <span>
            <Button size="small" type="text" icon={<ArrowUpOutlined />} aria-label={t('up')} disabled={index === 0} onClick={() => swap(index, -1)} />
            <Button size="small" type="text" icon={<ArrowDownOutlined />} aria-label={t('down')} disabled={index === content.length - 1} onClick={() => swap(index, 1)} />
            <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t('remove')} onClick={() => replace(index, undefined)} />
          </span>
        </div>
      ))}
      <Button size="small" onClick={() => onChange([...content, { text: '' }])}>{t('addText')}</Button>{' '}
      <Button size="small" onClick={() => onChange([...content, fieldPart('waybill.number')])}>{t('addField')}</Button>
      <p className="muted content-sample">{t('sampleOf')} {evaluateContent(content, { data, part: { index: 1, total: 1 } })}</p>
    </div>
  );
}

/** A select over all fields, searched by title or path, each with its sample value. */
export function FieldSelect({ value, onChange, label }: { value: string; onChange: (path: string) => void; label: string }) {
  const locale = useLocale();
  const { data } = useSession();
  const options = pickableFields(data, locale).map(({ field, title, sample }) => ({ value: field.path, label: title, sample, find: `${title} ${field.path}`.toLowerCase() }));
  return (
    <Select
      aria-label={label}
      size="small"
      style={{ width: '100%' }}
      popupMatchSelectWidth={320}
      value={value}
      showSearch={{ filterOption: (typed, option) => (option?.find ?? '').includes(typed.toLowerCase()) }}
      options={options}
      optionRender={(option) => <span>{option.data.label} <small className="muted">{option.data.sample.slice(0, 24)}</small></span>}
      onChange={onChange}
    />
  );
}

function FieldEditor({ part, onChange }: { part: FieldPart; onChange: (part: FieldPart) => void }) {
  const t = useDesignerTexts();
  const locale = useLocale();
  return (
    <>
      <FieldSelect label={t('field_part')} value={part.field} onChange={(field) => onChange({ ...fieldPart(field), before: part.before, after: part.after, fallback: part.fallback })} />
      <div className="property-pair">
        <TextInput label={t('before')} placeholder={t('before')} longest={200} value={part.before} onChange={(before) => onChange({ ...part, before })} />
        <TextInput label={t('after')} placeholder={t('after')} longest={200} value={part.after} onChange={(after) => onChange({ ...part, after })} />
      </div>
      <TextInput label={t('fallback')} placeholder={t('fallback')} value={part.fallback} onChange={(fallback) => onChange({ ...part, fallback })} />
      <Select
        mode="multiple"
        size="small"
        aria-label={t('format')}
        placeholder={t('format')}
        value={part.format.map((one) => one.kind)}
        options={Object.entries(formatNames).map(([value, name]) => ({ value: value as Formatter['kind'], label: name[locale] }))}
        onChange={(kinds) => onChange({ ...part, format: kinds.map((kind) => part.format.find((one) => one.kind === kind) ?? (kind === 'mask' ? (fieldPart(part.field).format.find((one) => one.kind === 'mask') ?? formatNames[kind].make) : formatNames[kind].make)) })}
      />
      {part.format.map((formatter) => (
        <FormatterEditor key={formatter.kind} formatter={formatter} onChange={(next) => onChange({ ...part, format: part.format.map((one) => (one.kind === next.kind ? next : one)) })} />
      ))}
    </>
  );
}

function FormatterEditor({ formatter, onChange }: { formatter: Formatter; onChange: (formatter: Formatter) => void }) {
  const locale = useLocale();
  const name = formatNames[formatter.kind][locale];
  switch (formatter.kind) {
    case 'mask':
      return <Select size="small" aria-label={name} value={formatter.as} options={(['name', 'phone', 'address'] as const).map((value) => ({ value, label: locale === 'en' ? value : { name: '姓名', phone: '电话', address: '地址' }[value] }))} onChange={(as) => onChange({ ...formatter, as })} />;
    case 'date':
      return <TextInput label={name} longest={40} value={formatter.pattern} onChange={(pattern) => pattern !== '' && onChange({ ...formatter, pattern })} />;
    case 'weight':
      return <Select size="small" aria-label={name} value={formatter.unit} options={[{ value: 'kg' as const, label: 'kg' }, { value: 'g' as const, label: 'g' }]} onChange={(unit) => onChange({ ...formatter, unit })} />;
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
      return <InputNumber size="small" aria-label={name} min={1} max={40} value={formatter.length} onChange={(length) => length !== null && onChange({ ...formatter, length })} />;
    case 'join':
    case 'items':
      return <TextInput label={name} longest={20} value={formatter.separator} onChange={(separator) => onChange({ ...formatter, separator })} />;
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
