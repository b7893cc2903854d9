import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Modal, Space, Steps } from 'antd';
import { useState } from 'react';
import type { PrinterProfileValue, PrinterRow } from '../../../common/contract/printers.ts';
import { api } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { Calibrate } from './Calibrate.tsx';
import { FindStep, LanguageStep } from './FindStep.tsx';
import type { Found } from './FindStep.tsx';
import { ProfileForm, profileOf, valuesOf } from './ProfileForm.tsx';
import type { ProfileValues } from './ProfileForm.tsx';
import { usePrinterTexts } from './texts.ts';

type Language = PrinterProfileValue['language'];

/** Find, language, paper, test: four steps, each of which may be gone back from. Nothing is saved before the third is done. */
export function SetupWizard({ onClose }: { onClose: () => void }) {
  const t = usePrinterTexts();
  const failure = useFailure();
  const [step, setStep] = useState(0);
  const [found, setFound] = useState<Found>();
  const [language, setLanguage] = useState<Language>();
  const [profile, setProfile] = useState<PrinterProfileValue>();
  const [printer, setPrinter] = useState<PrinterRow>();
  const [form] = Form.useForm<ProfileValues>();
  const { data: presets } = useQuery(api.printers.presets.queryOptions());
  const saved = {
    onError: failure,
    onSuccess: (row: PrinterRow) => {
      setPrinter(row);
      setStep(3);
    },
  };
  const create = useMutation(api.printers.create.mutationOptions(saved));
  const update = useMutation(api.printers.update.mutationOptions(saved));

  function choose(next: Found): void {
    setFound(next);
    setLanguage(next.languages.length === 1 ? next.languages[0] : undefined);
    setStep(1);
  }

  function toPaper(): void {
    if (found === undefined || language === undefined) return;
    if (profile === undefined || profile.language !== language) {
      const preset = presets?.profiles.find((one) => one.profile.language === language)?.profile;
      if (preset === undefined) return;
      setProfile(preset);
      form.setFieldsValue(valuesOf(found.name.slice(0, 60), preset));
    }
    setStep(2);
  }

  async function save(): Promise<void> {
    if (found === undefined || profile === undefined) return;
    const values = await form.validateFields().catch(() => undefined);
    if (values === undefined) return;
    const next = profileOf({ ...valuesOf(values.name, profile), ...values }, profile);
    if (printer === undefined) create.mutate({ name: values.name.trim(), address: found.address, profile: next });
    else update.mutate({ id: printer.id, name: values.name.trim(), address: found.address, profile: { ...next, offset: printer.profile.offset } });
  }

  const footer = (
    <Space>
      {step > 0 && step < 3 && <Button onClick={() => setStep(step - 1)}>{t('back')}</Button>}
      {step === 3 && <Button onClick={() => setStep(2)}>{t('back')}</Button>}
      {step === 1 && (
        <Button type="primary" disabled={language === undefined || presets === undefined} onClick={toPaper}>
          {t('next')}
        </Button>
      )}
      {step === 2 && (
        <Button type="primary" loading={create.isPending || update.isPending} onClick={() => void save()}>
          {t('next')}
        </Button>
      )}
      {step === 3 && (
        <Button type="primary" onClick={onClose}>
          {t('finish')}
        </Button>
      )}
    </Space>
  );

  return (
    <Modal open width={900} title={t('wizard')} onCancel={onClose} footer={footer} maskClosable={false} destroyOnHidden>
      <Steps size="small" current={step} items={[t('stepFind'), t('stepLanguage'), t('stepPaper'), t('stepTest')].map((title) => ({ title }))} style={{ margin: '8px 0 20px' }} />
      {step === 0 && <FindStep onFound={choose} />}
      {step === 1 && found && <LanguageStep found={found} language={language} onLanguage={setLanguage} onAddress={(address) => setFound({ ...found, address })} />}
      <div hidden={step !== 2}>{language !== undefined && <ProfileForm form={form} language={language} />}</div>
      {step === 3 && printer && <Calibrate printer={printer} onChanged={setPrinter} />}
    </Modal>
  );
}
