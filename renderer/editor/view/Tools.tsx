/** The row of tools above the canvas: each says its key. */
import { CopyOutlined, DeleteOutlined, GroupOutlined, LockOutlined, RedoOutlined, RotateRightOutlined, UndoOutlined, UngroupOutlined, UnlockOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { memo } from 'react';
import type { ReactNode } from 'react';
import * as commands from '../core/commands.ts';
import type { Command } from '../core/commands.ts';
import { outermost } from '../core/tree.ts';
import { alignIcons, spreadIcons, stackIcons } from './icons.tsx';
import { useSession, useSettledState } from './session.ts';
import { useDesignerTexts } from './texts.ts';

interface Tool {
  readonly name: string;
  readonly icon: ReactNode;
  readonly act: () => void;
  readonly enabled: boolean;
  readonly keys?: string;
}

export const Tools = memo(function Tools() {
  const t = useDesignerTexts();
  const { editor } = useSession();
  const { document: label, selection, canUndo, canRedo } = useSettledState();
  const some = selection.length > 0;
  const chosen = outermost(label, selection);
  const locked = chosen.some((one) => one.element.locked === true);
  const run = (command: Command) => (): void => editor.run(command);
  const groups: readonly (readonly Tool[])[] = [
    [
      { name: t('undo'), icon: <UndoOutlined />, act: editor.undo, enabled: canUndo, keys: 'Ctrl+Z' },
      { name: t('redo'), icon: <RedoOutlined />, act: editor.redo, enabled: canRedo, keys: 'Ctrl+Y' },
    ],
    [
      { name: t('duplicate'), icon: <CopyOutlined />, act: run(commands.duplicateSelected()), enabled: some, keys: 'Ctrl+D' },
      { name: t('remove'), icon: <DeleteOutlined />, act: run(commands.removeSelected), enabled: some, keys: 'Delete' },
      { name: t('rotate'), icon: <RotateRightOutlined />, act: run(commands.rotateSelected), enabled: some, keys: 'R' },
      { name: t(locked ? 'unlock' : 'lock'), icon: locked ? <UnlockOutlined /> : <LockOutlined />, act: run(commands.lockSelected(!locked)), enabled: some, keys: 'L' },
      { name: t('front'), icon: stackIcons.front, act: run(commands.restack('front')), enabled: some, keys: 'Shift+]' },
      { name: t('backmost'), icon: stackIcons.back, act: run(commands.restack('back')), enabled: some, keys: 'Shift+[' },
    ],
    (['left', 'center', 'right', 'top', 'middle', 'bottom'] as const).map((to) => ({ name: `${t('alignTools')} ${t(to === 'middle' ? 'middleDown' : to)}`, icon: alignIcons[to], act: run(commands.alignSelected(to)), enabled: some })),
    [
      { name: t('distributeX'), icon: spreadIcons.x, act: run(commands.distributeSelected('x')), enabled: chosen.length > 2 },
      { name: t('distributeY'), icon: spreadIcons.y, act: run(commands.distributeSelected('y')), enabled: chosen.length > 2 },
    ],
    [
      { name: t('groupIt'), icon: <GroupOutlined />, act: run(commands.groupSelected), enabled: chosen.length > 1, keys: 'Ctrl+G' },
      { name: t('ungroup'), icon: <UngroupOutlined />, act: run(commands.ungroupSelected), enabled: chosen.some((one) => one.element.type === 'group'), keys: 'Ctrl+Shift+G' },
    ],
  ];
  return (
    <div className="designer-tools" role="toolbar" aria-label={t('tools')}>
      {groups.map((tools, index) => (
        <div key={index} className="tool-group">
          {tools.map(({ name, icon, act, enabled, keys }) => (
            <Button key={name} size="small" type="text" icon={icon} title={keys === undefined ? name : `${name}  ${keys}`} aria-label={name} disabled={!enabled} onClick={act} />
          ))}
        </div>
      ))}
    </div>
  );
});
