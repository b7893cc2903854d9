/** What the right button offers over the label: the frequent acts, each with its key. */
import { Dropdown } from 'antd';
import type { MenuProps } from 'antd';
import type { ReactElement } from 'react';
import * as commands from '../core/commands.ts';
import type { Command } from '../core/commands.ts';
import { outermost } from '../core/tree.ts';
import { copySelection, paste, pasteable } from './copying.ts';
import { useSession, useSettledState } from './session.ts';
import { useDesignerTexts } from './texts.ts';

/** Wraps what it opens over; the owner chooses what lies under the pointer first. */
export function ContextMenu({ children }: { children: ReactElement }) {
  const t = useDesignerTexts();
  const { editor } = useSession();
  const { document: label, selection } = useSettledState();
  const chosen = outermost(label, selection);
  const some = chosen.length > 0;
  const locked = chosen.some((one) => one.element.locked === true);
  type Item = NonNullable<MenuProps['items']>[number];
  const item = (name: string, keys: string, enabled: boolean, act: () => void, danger = false): Item => ({ key: name, label: name, extra: keys, disabled: !enabled, danger, onClick: act });
  const run = (command: Command) => (): void => editor.run(command);
  const items: Item[] = [
    item(t('cut'), 'Ctrl+X', some && !locked, () => { copySelection(editor); editor.run(commands.removeSelected); }),
    item(t('copy'), 'Ctrl+C', some, () => void copySelection(editor)),
    item(t('paste'), 'Ctrl+V', pasteable(), () => paste(editor)),
    item(t('duplicate'), 'Ctrl+D', some && !locked, run(commands.duplicateSelected())),
    { type: 'divider' },
    item(t('front'), 'Shift+]', some, run(commands.restack('front'))),
    item(t('forward'), ']', some, run(commands.restack('forward'))),
    item(t('backward'), '[', some, run(commands.restack('backward'))),
    item(t('backmost'), 'Shift+[', some, run(commands.restack('back'))),
    { type: 'divider' },
    item(t('rotate'), 'R', some && !locked, run(commands.rotateSelected)),
    item(t(locked ? 'unlock' : 'lock'), 'L', some, run(commands.lockSelected(!locked))),
    item(t('groupIt'), 'Ctrl+G', chosen.length > 1, run(commands.groupSelected)),
    item(t('ungroup'), 'Ctrl+Shift+G', chosen.some((one) => one.element.type === 'group'), run(commands.ungroupSelected)),
    { type: 'divider' },
    item(t('remove'), 'Delete', some && !locked, run(commands.removeSelected), true),
  ];
  return <Dropdown trigger={['contextMenu']} menu={{ items }}>{children}</Dropdown>;
}
