import { App, Button, Input, Popconfirm, Select, Space } from 'antd';
import { useState } from 'react';
import type { client as Client } from '../../client/index.ts';
import { api, client, queryClient } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { useMappingTexts } from './mappingTexts.ts';

type Preset = Awaited<ReturnType<typeof Client.orders.presets.list>>[number];

/** Kept mappings, shared by all shops: used, renamed, deleted. */
export function Presets({ presets, onUse }: { presets: readonly Preset[]; onUse: (preset: Preset) => void }) {
  const t = useMappingTexts();
  const failure = useFailure();
  const { modal } = App.useApp();
  const [chosen, setChosen] = useState<string>();
  const preset = presets.find((one) => one.id === chosen);
  if (presets.length === 0) return null;

  async function change(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      await queryClient.invalidateQueries({ queryKey: api.orders.presets.key() });
    } catch (thrown) {
      failure(thrown);
    }
  }
  function rename({ id, name }: Preset): void {
    let next = name;
    modal.confirm({
      title: t('presetRename'),
      content: <Input autoFocus defaultValue={name} maxLength={60} aria-label={t('presetRename')} onChange={(event) => (next = event.target.value)} />,
      onOk: () => (next.trim() === '' || next.trim() === name ? undefined : change(() => client.orders.presets.rename({ id, name: next.trim() }))),
    });
  }
  return (
    <Space>
      <Select
        aria-label={t('preset')}
        placeholder={t('preset')}
        style={{ width: 200 }}
        value={chosen}
        options={presets.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(id: string) => {
          setChosen(id);
          const found = presets.find((one) => one.id === id);
          if (found) onUse(found);
        }}
      />
      {preset && (
        <>
          <Button size="small" onClick={() => rename(preset)}>
            {t('presetRename')}
          </Button>
          <Popconfirm title={t('presetRemoveSure', { name: preset.name })} onConfirm={() => change(() => client.orders.presets.remove({ id: preset.id })).then(() => setChosen(undefined))}>
            <Button size="small">{t('presetRemove')}</Button>
          </Popconfirm>
        </>
      )}
    </Space>
  );
}
