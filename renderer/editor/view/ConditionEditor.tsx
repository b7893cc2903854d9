/** "Show if …" as a list of comparisons that all or any must hold. Data, not code. */
import { DeleteOutlined } from '@ant-design/icons';
import { Button, Segmented, Select } from 'antd';
import type { Condition } from '../../../common/domain/label/conditions.ts';
import { readTests } from '../core/condition-tests.ts';
import type { Test } from '../core/condition-tests.ts';
import { FieldSelect } from './ContentEditor.tsx';
import { TextInput } from './inputs.tsx';
import { useDesignerTexts } from './texts.ts';

const operators = ['filled', 'empty', 'is', 'is_not', 'in', 'contains', 'starts', 'over', 'under'] as const;
type Operator = (typeof operators)[number];

function makeTest(op: Operator, field: string, value: string): Test {
  if (op === 'filled' || op === 'empty') return { op, field };
  if (op === 'over' || op === 'under') return { op, field, value: Number(value) || 0 };
  if (op === 'is' || op === 'is_not') return { op, field, value: value === 'true' ? true : value === 'false' ? false : value };
  if (op === 'in') return { op, field, values: value.split(/[,，]/).map((one) => one.trim()).filter((one) => one !== '') };
  return { op, field, value: value === '' ? '?' : value };
}

export function ConditionEditor({ condition, onChange }: { condition: Condition | undefined; onChange: (condition: Condition | undefined) => void }) {
  const t = useDesignerTexts();
  const parts = readTests(condition);
  if (parts === undefined) {
    return (
      <div className="part">
        {t('complex')} <Button size="small" icon={<DeleteOutlined />} aria-label={t('remove')} onClick={() => onChange(undefined)} />
      </div>
    );
  }
  const { join, tests } = parts;
  const write = (next: readonly Test[], how = join): void => onChange(next.length === 0 ? undefined : next.length === 1 ? next[0] : { op: how, of: next });
  const put = (index: number, test: Test | undefined): void => write(tests.flatMap((one, at) => (at === index ? (test === undefined ? [] : [test]) : [one])));
  const words: Readonly<Record<Operator, string>> = { filled: t('filledOp'), empty: t('emptyOp'), is: t('is'), is_not: t('is_not'), in: t('isOneOf'), contains: t('contains'), starts: t('starts'), over: t('over'), under: t('under') };
  return (
    <div className="conditions">
      {tests.length > 1 && <Segmented size="small" value={join} options={[{ value: 'all', label: t('matchAll') }, { value: 'any', label: t('matchAny') }]} onChange={(how) => write(tests, how as 'all' | 'any')} />}
      {tests.map((test, index) => {
        const value = 'value' in test ? String(test.value) : 'values' in test ? test.values.join(',') : '';
        const { op } = test;
        return (
          <div key={index} className="part">
            <FieldSelect label={t('field_part')} value={test.field} onChange={(field) => put(index, makeTest(op, field, value))} />
            <div className="condition-row">
              <Select size="small" aria-label={t('condition')} value={op} options={operators.map((one) => ({ value: one, label: words[one] }))} onChange={(next) => put(index, makeTest(next, test.field, value))} />
              {op === 'filled' || op === 'empty' ? <span /> : <TextInput label={t('value')} longest={200} value={value} onChange={(next) => put(index, makeTest(op, test.field, next))} />}
              <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t('remove')} onClick={() => put(index, undefined)} />
            </div>
          </div>
        );
      })}
      {tests.length === 0 && <span className="muted">{t('always')} </span>}
      <Button size="small" onClick={() => write([...tests, { op: 'filled', field: 'order.buyerNote' }])}>{t('addCondition')}</Button>
    </div>
  );
}
