import { Checkbox, Collapse, Form, Input, InputNumber, Radio, Select, Space, Switch } from 'antd';
import type { FormInstance } from 'antd';
import { useQuery } from '@tanstack/react-query';
import type { PrinterProfileValue } from '../../../common/contract/printers.ts';
import { api } from '../../client/index.ts';
import { usePrinterTexts } from './texts.ts';

/** What the form holds: millimetres for people, micrometres only in the profile. */
export interface ProfileValues {
  name: string;
  dpi: number;
  headDots: number;
  width: number;
  height: number;
  kind: 'gap' | 'mark' | 'continuous';
  gap: number;
  finish: 'tear' | 'peel' | 'cut';
  upsideDown: boolean;
  darkness: number | null;
  speed: number | null;
  upper: boolean;
  lower: boolean;
  mode: 'hybrid' | 'raster';
  dialect: PrinterProfileValue['dialect'];
}

export function valuesOf(name: string, profile: PrinterProfileValue): ProfileValues {
  const { media } = profile;
  return {
    name,
    dpi: profile.dpi,
    headDots: profile.headDots,
    width: media.widthMicrometres / 1_000,
    height: media.heightMicrometres / 1_000,
    kind: media.kind,
    gap: media.gapMicrometres / 1_000,
    finish: profile.finish,
    upsideDown: profile.upsideDown,
    darkness: profile.darkness ?? null,
    speed: profile.speed ?? null,
    upper: profile.logos.upper,
    lower: profile.logos.lower,
    mode: profile.mode,
    dialect: profile.dialect,
  };
}

/** The profile with what the form says; what the form does not show stays. */
export function profileOf(values: ProfileValues, before: PrinterProfileValue): PrinterProfileValue {
  const micrometres = (millimetres: number): number => Math.round(millimetres * 1_000);
  const { darkness: _darkness, speed: _speed, ...kept } = before;
  return {
    ...kept,
    dpi: values.dpi,
    headDots: values.headDots,
    mode: values.mode,
    media: {
      widthMicrometres: micrometres(values.width),
      heightMicrometres: values.kind === 'continuous' ? 0 : micrometres(values.height),
      kind: values.kind,
      gapMicrometres: values.kind === 'continuous' ? 0 : micrometres(values.gap),
    },
    finish: values.finish,
    upsideDown: values.upsideDown,
    ...(values.darkness === null ? {} : { darkness: values.darkness }),
    ...(values.speed === null ? {} : { speed: values.speed }),
    logos: { upper: values.upper, lower: values.lower },
    dialect: { ...before.dialect, ...values.dialect },
  };
}

const commonSizes = [
  [76, 130],
  [100, 150],
  [100, 180],
  [100, 210],
  [60, 40],
] as const;
const compressions = ['none', 'acs', 'z64', 'tspl-zlib'] as const;
const statusMethods = ['none', 'tspl-esc', 'tspl-frame', 'zpl-hs', 'escpos-dle'] as const;
const completions = ['none', 'gprinter-response', 'zpl-odometer', 'zpl-hv', 'escpos-process-id'] as const;

/** Which choices of the model differences make sense for a language. */
function fitsLanguage(language: PrinterProfileValue['language'], value: string): boolean {
  if (value === 'none') return true;
  if (value === 'acs' || value === 'z64') return language === 'zpl';
  return value.startsWith(language) || (language === 'tspl' && value === 'gprinter-response');
}

export function ProfileForm({ form, language }: { form: FormInstance<ProfileValues>; language: PrinterProfileValue['language'] }) {
  const t = usePrinterTexts();
  const { data: presets } = useQuery(api.printers.presets.queryOptions());
  const scales = presets?.scales[language];
  const kind = Form.useWatch('kind', form);
  const scaled = (name: 'darkness' | 'speed') => {
    const scale = scales?.[name];
    if (scale === undefined || scale.max === scale.min) return null;
    return (
      <Form.Item name={name} label={t(name)} extra={t('darknessHint', { min: scale.min, max: scale.max, standard: scale.standard })}>
        <InputNumber min={scale.min} max={scale.max} placeholder={String(scale.standard)} style={{ width: 110 }} />
      </Form.Item>
    );
  };
  return (
    <Form form={form} name="printer" layout="vertical" requiredMark={false}>
      <Form.Item name="name" label={t('printerName')} extra={t('nameHint')} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={60} style={{ maxWidth: 320 }} />
      </Form.Item>
      <Space wrap style={{ display: 'flex', marginBottom: 8 }}>
        <span className="muted">{t('sizes')}</span>
        {language !== 'escpos' &&
          commonSizes.map(([width, height]) => (
            <a key={`${width}x${height}`} role="button" tabIndex={0} onClick={() => form.setFieldsValue({ width, height, kind: 'gap' })} onKeyDown={(event) => event.key === 'Enter' && form.setFieldsValue({ width, height, kind: 'gap' })}>
              {width}×{height}
            </a>
          ))}
        {language === 'escpos' &&
          ([48, 72] as const).map((width) => (
            <a key={width} role="button" tabIndex={0} onClick={() => form.setFieldsValue({ width, kind: 'continuous', headDots: width * 8 })} onKeyDown={(event) => event.key === 'Enter' && form.setFieldsValue({ width, kind: 'continuous', headDots: width * 8 })}>
              {width === 48 ? 58 : 80} mm
            </a>
          ))}
      </Space>
      <Space wrap size="middle" align="start" style={{ display: 'flex' }}>
        <Form.Item name="kind" label={t('mediaKind')}>
          <Select
            style={{ width: 170 }}
            options={[
              { value: 'gap', label: t('kindGap') },
              { value: 'mark', label: t('kindMark') },
              { value: 'continuous', label: t('kindContinuous') },
            ]}
          />
        </Form.Item>
        <Form.Item name="width" label={t('width')} rules={[{ required: true }]}>
          <InputNumber min={10} max={300} step={1} style={{ width: 110 }} />
        </Form.Item>
        <Form.Item name="height" label={t('height')} hidden={kind === 'continuous'} rules={[{ required: kind !== 'continuous' }]}>
          <InputNumber min={0} max={2_000} step={1} style={{ width: 110 }} />
        </Form.Item>
        <Form.Item name="gap" label={t('gap')} hidden={kind === 'continuous'}>
          <InputNumber min={0} max={25.4} step={0.5} style={{ width: 110 }} />
        </Form.Item>
      </Space>
      <Space wrap size="middle" align="start" style={{ display: 'flex' }}>
        <Form.Item name="dpi" label={t('dpi')}>
          <Select style={{ width: 110 }} options={[203, 300, 600].map((value) => ({ value, label: `${value} dpi` }))} />
        </Form.Item>
        <Form.Item name="headDots" label={t('headDots')} extra={t('headHint')} rules={[{ required: true }]}>
          <InputNumber min={64} max={12_000} style={{ width: 130 }} />
        </Form.Item>
        {scaled('darkness')}
        {scaled('speed')}
      </Space>
      <Form.Item name="finish" label={t('finishWord')}>
        <Radio.Group
          options={[
            { value: 'tear', label: t('finishTear') },
            { value: 'peel', label: t('finishPeel') },
            { value: 'cut', label: t('finishCut') },
          ]}
        />
      </Form.Item>
      <Form.Item name="upsideDown" valuePropName="checked">
        <Checkbox>{t('upsideDown')}</Checkbox>
      </Form.Item>
      <Form.Item label={t('logos')} extra={t('logoHint')}>
        <Space>
          <Form.Item name="upper" valuePropName="checked" noStyle>
            <Checkbox>{t('logoUpper')}</Checkbox>
          </Form.Item>
          <Form.Item name="lower" valuePropName="checked" noStyle>
            <Checkbox>{t('logoLower')}</Checkbox>
          </Form.Item>
        </Space>
      </Form.Item>
      <Collapse
        ghost
        size="small"
        items={[
          {
            key: 'advanced',
            label: t('advanced'),
            forceRender: true,
            children: (
              <>
                <Form.Item name="mode" label={t('mode')}>
                  <Radio.Group
                    style={{ display: 'grid', gap: 4 }}
                    options={[
                      { value: 'hybrid', label: t('modeHybrid') },
                      { value: 'raster', label: t('modeRaster') },
                    ]}
                  />
                </Form.Item>
                <Form.Item name={['dialect', 'invertedBitmap']} label={t('inverted')} extra={t('invertedHint')} valuePropName="checked" hidden={language !== 'tspl'}>
                  <Switch />
                </Form.Item>
                <Space wrap size="middle" align="start">
                  <Form.Item name={['dialect', 'compression']} label={t('compression')}>
                    <Select style={{ width: 160 }} options={compressions.filter((value) => value !== 'tspl-zlib' && fitsLanguage(language, value)).map((value) => ({ value, label: t(`compression_${value}`) }))} />
                  </Form.Item>
                  <Form.Item name={['dialect', 'maxBandRows']} label={t('bands')}>
                    <InputNumber min={0} max={4_096} style={{ width: 110 }} />
                  </Form.Item>
                  <Form.Item name={['dialect', 'statusMethod']} label={t('statusMethod')}>
                    <Select style={{ width: 180 }} options={statusMethods.filter((value) => fitsLanguage(language, value)).map((value) => ({ value, label: t(`status_${value}`) }))} />
                  </Form.Item>
                  <Form.Item name={['dialect', 'completion']} label={t('completion')}>
                    <Select style={{ width: 240 }} options={completions.filter((value) => fitsLanguage(language, value)).map((value) => ({ value, label: t(`completion_${value}`) }))} />
                  </Form.Item>
                </Space>
              </>
            ),
          },
        ]}
      />
    </Form>
  );
}
