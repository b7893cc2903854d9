import { FilePdfOutlined, FileExcelOutlined, PrinterOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal, Select, Spin, Tabs, Tag } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { bothNames } from '../../../common/domain/costs/basics.ts';
import { api, client } from '../../client/index.ts';
import { download } from '../../client/upload.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { useUnsaved } from '../../ui/unsaved.ts';
import { Comparison } from './Comparison.tsx';
import { FreightTables } from './FreightTables.tsx';
import { Inputs } from './Inputs.tsx';
import { ScenarioComparison } from './ScenarioComparison.tsx';
import { useCostsTexts } from './texts.ts';
import { useCosts } from './useCosts.ts';
import './costs.css';

const RoutingTab = lazy(() => import('../routing/RoutingTab.tsx'));
const BillsTab = lazy(() => import('../freight-bills/BillsTab.tsx'));

/** Own warehouse or cloud warehouse: the answer first, then everything it rests on. */
export default function CostsPage() {
  const t = useCostsTexts();
  const locale = useLocale();
  const failure = useFailure();
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const costs = useCosts();
  const [tab, setTab] = useState('compare');
  const [naming, setNaming] = useState<string | null>(null);
  const { data: list } = useQuery(api.costs.scenarios.list.queryOptions());
  const entry = list?.find((each) => each.id === costs.id);
  const { scenario } = costs;
  useUnsaved(costs.changed);

  async function refresh(id: string): Promise<void> {
    await queries.invalidateQueries({ queryKey: api.costs.scenarios.key() });
    costs.settled(id);
    void message.success(t('saved'));
  }
  async function save(): Promise<void> {
    if (!scenario) return;
    if (entry?.builtin !== false) {
      setNaming(`${bothNames(scenario.name)[locale]} 2`);
      return;
    }
    try {
      await refresh((await client.costs.scenarios.save({ id: costs.id, scenario })).id);
    } catch (thrown) {
      failure(thrown);
    }
  }
  async function saveAs(): Promise<void> {
    if (!scenario || naming === null) return;
    try {
      const saved = await client.costs.scenarios.save({ scenario: { ...scenario, name: naming } });
      setNaming(null);
      await refresh(saved.id);
    } catch (thrown) {
      failure(thrown);
    }
  }
  function remove(): void {
    void modal.confirm({
      title: t('removeSure', { name: entry?.name ?? '' }),
      okText: t('remove'),
      cancelText: t('cancel'),
      onOk: async () => {
        try {
          await client.costs.scenarios.remove({ id: costs.id });
          costs.open('builtin:datang');
          await queries.invalidateQueries({ queryKey: api.costs.scenarios.key() });
        } catch (thrown) {
          failure(thrown);
        }
      },
    });
  }
  async function report(format: 'pdf' | 'xlsx'): Promise<void> {
    if (!scenario) return;
    try {
      const file = await client.costs.report({ scenario, format, language: locale });
      download(file.name, file.base64, file.type);
    } catch (thrown) {
      failure(thrown);
    }
  }

  const body = (content: React.ReactNode) => (scenario ? content : <Spin />);
  return (
    <div className="costs">
      <h1 className="visually-hidden">{t('pageTitle')}</h1>
      <div className="costs-bar no-print">
        <label htmlFor="cost-scenario">{t('scenario')}</label>
        <Select
          id="cost-scenario"
          style={{ minWidth: 300 }}
          value={costs.id}
          onChange={costs.open}
          options={(list ?? []).map((each) => ({ value: each.id, label: each.builtin ? `${each.name} · ${t('builtin')}` : each.name }))}
        />
        {costs.changed && <Tag color="warning">{t('unsaved')}</Tag>}
        <Button type={costs.changed ? 'primary' : 'default'} disabled={!costs.changed} onClick={() => void save()}>
          {t('save')}
        </Button>
        <Button onClick={() => setNaming(scenario ? `${bothNames(scenario.name)[locale]} 2` : '')}>{t('saveAs')}</Button>
        {entry?.builtin === false && <Button onClick={remove}>{t('remove')}</Button>}
        <span className="spacer" />
        <Button icon={<FilePdfOutlined />} onClick={() => void report('pdf')}>
          {t('pdf')}
        </Button>
        <Button icon={<FileExcelOutlined />} onClick={() => void report('xlsx')}>
          {t('xlsx')}
        </Button>
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('print')}
        </Button>
      </div>
      {costs.historyError !== null && costs.historyError !== undefined && <Failure error={costs.historyError} />}
      <Tabs
        activeKey={tab}
        destroyOnHidden
        onChange={setTab}
        items={[
          { key: 'compare', label: t('compare'), children: body(<Comparison costs={costs} onInputs={() => setTab('inputs')} />) },
          { key: 'inputs', label: t('inputs'), children: body(scenario && <Inputs scenario={scenario} onChange={costs.edit} />) },
          { key: 'tables', label: t('tables'), children: body(scenario && <FreightTables scenario={scenario} onChange={costs.edit} />) },
          { key: 'scenarios', label: t('scenarios'), children: <ScenarioComparison /> },
          { key: 'routing', label: t('routing'), children: <Suspense fallback={<Spin />}><RoutingTab /></Suspense> },
          { key: 'bills', label: t('bills'), children: <Suspense fallback={<Spin />}><BillsTab /></Suspense> },
        ]}
      />
      <Modal open={naming !== null} title={t('saveAs')} okText={t('save')} cancelText={t('cancel')} onCancel={() => setNaming(null)} onOk={() => void saveAs()} okButtonProps={{ disabled: naming?.trim() === '' }}>
        <label htmlFor="cost-name">{t('saveAsName')}</label>
        <Input id="cost-name" value={naming ?? ''} maxLength={120} onChange={(event) => setNaming(event.target.value)} onPressEnter={() => void saveAs()} />
      </Modal>
    </div>
  );
}
