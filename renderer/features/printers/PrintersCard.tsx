import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Card, Checkbox, Dropdown, Empty, Form, Modal, Select, Space, Table } from 'antd';
import { useState } from 'react';
import type { PrinterRow, PrinterState } from '../../../common/contract/printers.ts';
import { conditionOf } from '../../../common/domain/printers/condition.ts';
import { api } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { Calibrate } from './Calibrate.tsx';
import { ProfileForm, profileOf, valuesOf } from './ProfileForm.tsx';
import type { ProfileValues } from './ProfileForm.tsx';
import { SetupWizard } from './SetupWizard.tsx';
import { usePrinterTexts } from './texts.ts';
import { useLiveStates } from './useLiveStates.ts';
import { addressWords, conditionLook, profileWords } from './words.ts';

type Listed = PrinterRow & { state: PrinterState | null };
type Dialog = { readonly kind: 'wizard' } | { readonly kind: 'edit' | 'calibrate' | 'copy'; readonly printer: PrinterRow };

/** The printers of this business: how each one is, and everything that can be done to it. */
export function PrintersCard() {
  const t = usePrinterTexts();
  const locale = useLocale();
  const failure = useFailure();
  const { message, modal } = App.useApp();
  const [archived, setArchived] = useState(false);
  const [dialog, setDialog] = useState<Dialog>();
  const { data: printers } = useQuery(api.printers.list.queryOptions({ input: { archived } }));
  const live = useLiveStates();
  const update = useMutation(api.printers.update.mutationOptions({ onError: failure }));
  const status = useMutation(api.printers.status.mutationOptions({ onError: failure }));
  const pause = useMutation(api.printers.pause.mutationOptions({ onError: failure }));
  const giveUp = useMutation(api.printers.giveUp.mutationOptions({ onError: failure }));
  const measure = useMutation(api.printers.measureMedia.mutationOptions({ onError: failure, onSuccess: (outcome) => void message.info(t(`outcome_${outcome.state}`, { reason: outcome.reason })) }));
  const close = (): void => setDialog(undefined);

  function confirmArchive(printer: PrinterRow): void {
    modal.confirm({ title: t('archiveAsk', { name: printer.name }), okText: t('archive'), cancelText: t('cancel'), onOk: () => update.mutateAsync({ id: printer.id, archived: true }) });
  }

  function menu(printer: Listed, state: PrinterState | null) {
    const paused = state?.phase === 'paused';
    return {
      items: [
        { key: 'edit', label: t('edit') },
        { key: 'copy', label: t('copy') },
        { key: 'measure', label: t('measure') },
        { key: 'ask', label: t('ask') },
        { key: 'pause', label: t(paused ? 'resume' : 'pause') },
        { key: 'giveUp', label: t('giveUp'), danger: true, disabled: state === null || !['connecting', 'sending', 'waiting'].includes(state.phase) },
        { type: 'divider' as const },
        { key: 'archive', label: t('archive') },
      ],
      onClick: ({ key }: { key: string }) => {
        if (key === 'edit' || key === 'copy') setDialog({ kind: key, printer });
        else if (key === 'measure') modal.confirm({ title: t('measureAsk'), okText: t('measure'), cancelText: t('cancel'), onOk: () => measure.mutateAsync({ id: printer.id }) });
        else if (key === 'ask') status.mutate({ id: printer.id });
        else if (key === 'giveUp') modal.confirm({ title: t('giveUpAsk'), okText: t('giveUp'), cancelText: t('cancel'), onOk: () => giveUp.mutateAsync({ id: printer.id }) });
        else if (key === 'pause') pause.mutate({ id: printer.id, paused: !paused });
        else confirmArchive(printer);
      },
    };
  }

  return (
    <Card
      size="small"
      title={t('printers')}
      extra={
        <Space>
          <Checkbox checked={archived} onChange={(event) => setArchived(event.target.checked)}>
            {t('showArchived')}
          </Checkbox>
          <Button type="primary" size="small" onClick={() => setDialog({ kind: 'wizard' })}>
            {t('add')}
          </Button>
        </Space>
      }
    >
      <Table<Listed>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={printers ?? []}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('none')} /> }}
        columns={[
          { title: t('name'), dataIndex: 'name' },
          { title: t('where'), render: (_, printer) => `${t(`kind_${printer.address.kind}`)} · ${addressWords(printer.address)}` },
          { title: t('how'), render: (_, printer) => profileWords(printer.profile) },
          { title: t('calibrated'), render: (_, printer) => (printer.calibratedAt === null ? <span className="muted">{t('never')}</span> : new Date(printer.calibratedAt).toLocaleDateString(locale)) },
          { title: t('state'), render: (_, printer) => (printer.archivedAt === null ? <Condition printer={printer} state={live.get(printer.id) ?? printer.state} /> : null) },
          {
            align: 'right',
            render: (_, printer) =>
              printer.archivedAt === null ? (
                <Space>
                  <Button size="small" onClick={() => setDialog({ kind: 'calibrate', printer })}>
                    {t('test')}
                  </Button>
                  <Dropdown menu={menu(printer, live.get(printer.id) ?? printer.state)} trigger={['click']}>
                    <Button size="small">{t('more')}</Button>
                  </Dropdown>
                </Space>
              ) : (
                <Button size="small" onClick={() => update.mutate({ id: printer.id, archived: false })}>
                  {t('restore')}
                </Button>
              ),
          },
        ]}
      />
      {dialog?.kind === 'wizard' && <SetupWizard onClose={close} />}
      {dialog?.kind === 'edit' && <EditDialog printer={dialog.printer} onClose={close} />}
      {dialog?.kind === 'copy' && <CopyDialog printer={dialog.printer} others={(printers ?? []).filter((one) => one.id !== dialog.printer.id && one.archivedAt === null)} onClose={close} />}
      {dialog?.kind === 'calibrate' && (
        <Modal open width={900} title={`${t('calibrate')} · ${dialog.printer.name}`} onCancel={close} footer={<Button onClick={close}>{t('close')}</Button>} maskClosable={false}>
          <Calibrate printer={dialog.printer} onChanged={(printer) => setDialog({ kind: 'calibrate', printer })} />
        </Modal>
      )}
    </Card>
  );
}

function Condition({ printer, state }: { printer: PrinterRow; state: PrinterState | null }) {
  const t = usePrinterTexts();
  const word = conditionOf(printer, state);
  const { colour, shape } = conditionLook(word);
  return (
    <span className="state" style={{ color: colour }} title={state?.detail}>
      <span aria-hidden="true">{shape}</span> {t(word)}
      {state?.stalledMs !== undefined && ` · ${t('stalled', { seconds: Math.round(state.stalledMs / 1000) })}`}
      {state !== null && state.queued > 0 && ` · ${t('queued', { count: state.queued })}`}
    </span>
  );
}

function EditDialog({ printer, onClose }: { printer: PrinterRow; onClose: () => void }) {
  const t = usePrinterTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const [form] = Form.useForm<ProfileValues>();
  const update = useMutation(
    api.printers.update.mutationOptions({
      onError: failure,
      onSuccess: () => {
        void message.success(t('saved'));
        onClose();
      },
    }),
  );
  async function save(): Promise<void> {
    const values = await form.validateFields().catch(() => undefined);
    if (values === undefined) return;
    const complete = { ...valuesOf(printer.name, printer.profile), ...values };
    update.mutate({ id: printer.id, name: complete.name.trim(), profile: profileOf(complete, printer.profile) });
  }
  return (
    <Modal
      open
      width={760}
      title={`${t('edit')} · ${printer.name}`}
      onCancel={onClose}
      onOk={() => void save()}
      okText={t('save')}
      cancelText={t('cancel')}
      confirmLoading={update.isPending}
      maskClosable={false}
      afterOpenChange={(open) => open && form.setFieldsValue(valuesOf(printer.name, printer.profile))}
    >
      <ProfileForm form={form} language={printer.profile.language} />
    </Modal>
  );
}

function CopyDialog({ printer, others, onClose }: { printer: PrinterRow; others: readonly PrinterRow[]; onClose: () => void }) {
  const t = usePrinterTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const [toIds, setToIds] = useState<string[]>([]);
  const copy = useMutation(
    api.printers.copyProfile.mutationOptions({
      onError: failure,
      onSuccess: (changed) => {
        void message.success(t('copied', { count: changed.length }));
        onClose();
      },
    }),
  );
  return (
    <Modal open title={t('copyTitle', { name: printer.name })} onCancel={onClose} okText={t('save')} cancelText={t('cancel')} okButtonProps={{ disabled: toIds.length === 0 }} confirmLoading={copy.isPending} onOk={() => copy.mutate({ id: printer.id, toIds })}>
      <p className="muted">{t('copyHint')}</p>
      <Select mode="multiple" aria-label={t('copy')} style={{ width: '100%' }} value={toIds} onChange={setToIds} options={others.map(({ id, name }) => ({ value: id, label: name }))} />
    </Modal>
  );
}
