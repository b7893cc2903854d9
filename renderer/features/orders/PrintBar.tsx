import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Select, Tooltip } from 'antd';
import { useEffect, useState } from 'react';
import { api, client } from '../../client/index.ts';
import { failureText } from '../../ui/failureText.ts';
import { useLocale } from '../../i18n/index.ts';
import { Key, useKey } from '../../ui/Key.tsx';
import { useFailure } from '../../ui/Failure.tsx';
import { SlipsButton } from './SlipsButton.tsx';
import { PreviewDialog } from './PreviewDialog.tsx';
import { ProgressDialog } from './ProgressDialog.tsx';
import { usePrintTexts } from './printTexts.ts';

/** The bar under the orders: what is chosen, on which paper and printer, and the one action of the page. */
export function PrintBar({ orderIds, onStarted }: { orderIds: readonly string[]; onStarted: () => void }) {
  const t = usePrintTexts();
  const failure = useFailure();
  const locale = useLocale();
  const ids = [...orderIds];
  const enabled = ids.length > 0;
  const { data: plan } = useQuery(api.printing.plan.queryOptions({ input: { orderIds: ids }, enabled }));
  /** Template somebody picked; until then, and where it does not fit, the rules choose. */
  const [picked, setPicked] = useState<string | null>(null);
  const [printerId, setPrinterId] = useState<string | null>(null);
  /** Carrier product somebody asked for; empty: rules and contracts decide. */
  const [product, setProduct] = useState('');
  const asked = product === '' ? {} : { product };
  const { data: choices } = useQuery(
    api.printing.choices.queryOptions({ input: { orderIds: ids, ...(printerId !== null && { printerId }), ...asked }, enabled, placeholderData: (previous) => previous }),
  );
  const [previewing, setPreviewing] = useState(false);
  const [jobId, setJobId] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  useEffect(() => {
    if (choices === undefined) return;
    setPrinterId((current) => current ?? choices.printerId);
    setProduct((current) => (choices.products.some((offer) => offer.name === current) ? current : ''));
  }, [choices]);

  const templateId = choices?.templates.some((offer) => offer.id === picked && offer.fits) ? picked : (choices?.templateId ?? null);
  const printable = plan === undefined ? 0 : plan.parcels - plan.problems.length;
  const ready = enabled && templateId !== null && printerId !== null && printable > 0 && !starting;
  async function print(): Promise<void> {
    if (!ready || templateId === null || printerId === null) return;
    setStarting(true);
    try {
      const job = await client.printing.start({ orderIds: ids, templateId, printerId, ...asked });
      setJobId(job.jobId);
      onStarted();
    } catch (thrown) {
      failure(thrown);
    } finally {
      setStarting(false);
    }
  }
  const mayPreview = enabled && templateId !== null && printerId !== null;
  useKey('Ctrl+P', () => void print(), ready && jobId === null);
  useKey('F10', () => setPreviewing(true), mayPreview && jobId === null);

  return (
    <div className="print-bar" role="region" aria-label={t('print', { count: printable })}>
      <span>{t('selected', { orders: ids.length, parcels: plan?.parcels ?? 0 })}</span>
      {choices !== undefined && choices.products.length > 0 && (
        <label>
          {t('product')}{' '}
          <Select
            aria-label={t('product')}
            style={{ width: 140 }}
            value={product}
            onChange={setProduct}
            options={[{ value: '', label: t('productByRule') }, ...[...new Set(choices.products.map((offer) => offer.name))].map((name) => ({ value: name, label: name }))]}
          />
        </label>
      )}
      <label>
        {t('template')}{' '}
        <Select
          aria-label={t('template')}
          style={{ width: 190 }}
          value={templateId}
          placeholder={enabled ? t('noTemplate') : '—'}
          onChange={setPicked}
          options={choices?.templates.map((offer) => ({ value: offer.id, disabled: !offer.fits, label: offer.fits ? offer.name : `${offer.name}（${offer.why[locale]}）` })) ?? []}
        />
      </label>
      <label>
        {t('printer')}{' '}
        <Select
          aria-label={t('printer')}
          style={{ width: 160 }}
          value={printerId}
          placeholder={enabled ? t('noPrinter') : '—'}
          onChange={setPrinterId}
          options={choices?.printers.map((offer) => ({ value: offer.id, disabled: !offer.fits, label: offer.fits ? offer.name : `${offer.name}（${offer.why[locale]}）` })) ?? []}
        />
      </label>
      <span className="spacer" />
      <Problems plan={plan} />
      {plan !== undefined && enabled && plan.left >= 0 && <span className="muted">{t('willDraw', { count: plan.numbers, left: plan.left })}</span>}
      {plan !== undefined && enabled && plan.left < 0 && <span style={{ color: 'var(--state-failed)' }}>{t('tooFew', { count: plan.numbers, missing: -plan.left })}</span>}
      <SlipsButton orderIds={ids} />
      <Button disabled={!mayPreview} onClick={() => setPreviewing(true)}>
        {t('preview')}
        <Key>F10</Key>
      </Button>
      <Button type="primary" icon={<PrinterOutlined />} disabled={!ready} loading={starting} onClick={() => void print()}>
        {t('print', { count: printable })}
        <Key>Ctrl+P</Key>
      </Button>
      {previewing && templateId !== null && printerId !== null && <PreviewDialog choice={{ orderIds: ids, templateId, printerId, ...asked }} onClose={() => setPreviewing(false)} />}
      {jobId !== null && <ProgressDialog jobId={jobId} onClose={() => setJobId(null)} />}
    </div>
  );
}

interface Plan {
  readonly problems: readonly { parcelId: string; orders: readonly string[]; failure: { code: string; data: unknown } }[];
}

/** Who cannot be printed, with the reason of each. */
function Problems({ plan }: { plan: Plan | undefined }) {
  const t = usePrintTexts();
  const locale = useLocale();
  if (plan === undefined || plan.problems.length === 0) return null;
  const sentences = plan.problems.slice(0, 12).map((problem) => `${problem.orders.join(', ')}: ${failureText(problem.failure, locale)}`);
  return (
    <Tooltip title={<div style={{ whiteSpace: 'pre-wrap' }}>{sentences.join('\n')}</div>}>
      <span className="state" style={{ color: 'var(--state-unknown)' }}>
        ? {t('cannot', { count: plan.problems.length })}
      </span>
    </Tooltip>
  );
}
