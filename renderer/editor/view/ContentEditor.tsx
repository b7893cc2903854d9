/** Text content as a list of parts: literal text and fields with their formats. */
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import type { Content, ContentPart, Formatter } from '../../../common/domain/label/content.ts';
import { evaluateContent } from '../../../common/domain/label/content.ts';
import { useLocale } from '../../i18n/index.ts';
import { fieldPart } from '../../../common/domain/label/field-part.ts';
import { pickableFields } from './fields.ts';
import { FormatterEditor, formatNames } from './FormatterEditor.tsx';
import { TextInput } from './inputs.tsx';
import { useSession } from './session.ts';
import { useDesignerTexts } from './texts.ts';

type FieldPart = Extract<ContentPart, { field: string }>;

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
