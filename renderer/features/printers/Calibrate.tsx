import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, InputNumber, Radio } from 'antd';
import type { PrinterRow } from '../../../common/contract/printers.ts';
import { api } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { LabelPaper } from '../../ui/LabelPaper.tsx';
import { usePrinterTexts } from './texts.ts';

interface Readings {
  left: number | null;
  top: number | null;
  ruler: number | null;
  bars: 'too_light' | 'good' | 'too_dark' | undefined;
}

/** Print a test label, read it with a ruler, and let the numbers set the printer right. */
export function Calibrate({ printer, onChanged }: { printer: PrinterRow; onChanged: (printer: PrinterRow) => void }) {
  const t = usePrinterTexts();
  const failure = useFailure();
  const [form] = Form.useForm<Readings>();
  const print = useMutation(api.printers.printTest.mutationOptions({ onError: failure }));
  const calibrate = useMutation(
    api.printers.calibrate.mutationOptions({
      onError: failure,
      onSuccess: (changed) => {
        form.resetFields();
        onChanged(changed);
      },
    }),
  );
  const { data: picture } = useQuery(api.printers.testPicture.queryOptions({ input: { profile: printer.profile, name: printer.name } }));

  function apply({ left, top, ruler, bars }: Readings): void {
    calibrate.mutate({
      id: printer.id,
      ...(left === null || left === undefined ? {} : { leftMillimetres: left }),
      ...(top === null || top === undefined ? {} : { topMillimetres: top }),
      ...(ruler === null || ruler === undefined ? {} : { rulerMillimetres: ruler }),
      ...(bars === undefined ? {} : { bars }),
    });
  }

  const outcome = print.data;
  const { offset, darkness } = printer.profile;
  return (
    <div style={{ display: 'flex', gap: 24, alignItems: 'flex-start', flexWrap: 'wrap' }}>
      <div style={{ flex: '1 1 320px', minWidth: 300 }}>
        <p style={{ marginTop: 0 }}>{t('testHint')}</p>
        <div style={{ display: 'grid', gap: 8, justifyItems: 'start' }}>
          <Button type="primary" loading={print.isPending} onClick={() => print.mutate({ id: printer.id })}>
            {t('printTest')}
          </Button>
          {outcome && <Alert showIcon type={outcome.state === 'not_sent' ? 'error' : outcome.state === 'uncertain' ? 'warning' : 'success'} message={t(`outcome_${outcome.state}`, { reason: outcome.reason })} />}
        </div>
        <Form form={form} name="printer-calibrate" layout="vertical" style={{ marginTop: 16 }} onFinish={apply}>
          <Form.Item name="left" label={t('left')}>
            <InputNumber min={-20} max={60} step={0.1} placeholder="10.0" style={{ width: 140 }} />
          </Form.Item>
          <Form.Item name="top" label={t('top')}>
            <InputNumber min={-20} max={60} step={0.1} placeholder="10.0" style={{ width: 140 }} />
          </Form.Item>
          <Form.Item name="ruler" label={t('ruler')}>
            <InputNumber min={10} max={200} step={0.1} placeholder="50.0" style={{ width: 140 }} />
          </Form.Item>
          <Form.Item name="bars" label={t('bars')}>
            <Radio.Group
              options={[
                { value: 'too_light', label: t('barsLight') },
                { value: 'good', label: t('barsGood') },
                { value: 'too_dark', label: t('barsDark') },
              ]}
            />
          </Form.Item>
          <Button htmlType="submit" loading={calibrate.isPending}>
            {t('apply')}
          </Button>
        </Form>
        {printer.calibratedAt !== null && (
          <Alert style={{ marginTop: 12 }} type="info" showIcon message={t('applied', { x: offset.xMicrometres / 1_000, y: offset.yMicrometres / 1_000, darkness: darkness ?? t('standardDarkness') })} />
        )}
      </div>
      {picture && (
        <figure style={{ margin: 0 }}>
          <figcaption className="muted" style={{ marginBottom: 6 }}>
            {t('picture')}
          </figcaption>
          <div style={{ maxHeight: 520, maxWidth: 460, overflow: 'auto' }} tabIndex={0}>
            <LabelPaper {...picture} alt={t('picture')} />
          </div>
        </figure>
      )}
    </div>
  );
}
