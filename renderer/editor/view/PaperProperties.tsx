/** The paper: size, cut lines, what is printed on it already. Shown when nothing is selected. */
import { Button, Checkbox, Input, Select, Upload } from 'antd';
import { useState } from 'react';
import { changeDocument, changeMedia } from '../core/commands.ts';
import { mediaPresets } from '../core/media.ts';
import { Length, Property } from './inputs.tsx';
import { usePictureFile } from './picture-file.ts';
import { useSession, useSettledState } from './session.ts';
import { useDesignerTexts } from './texts.ts';

export function PaperProperties() {
  const t = useDesignerTexts();
  const readPicture = usePictureFile();
  const { editor } = useSession();
  const { document: label } = useSettledState();
  const { media } = label;
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const preset = mediaPresets.find((one) => one.width === media.width && one.height === media.height);
  async function choose(file: File): Promise<void> {
    const picture = await readPicture(file);
    if (picture !== undefined) editor.run(changeMedia({ underlay: picture }));
  }
  return (
    <div>
      <p className="muted">{t('nothing')}</p>
      <div className="section-title">{t('paper')}</div>
      <Property label={t('preset')}>
        <Select
          size="small" aria-label={t('preset')} style={{ width: '100%' }} value={preset?.id ?? 'own'}
          options={[...mediaPresets.map((one) => ({ value: one.id, label: one.id })), { value: 'own', label: t('ownSize') }]}
          onChange={(id) => { const chosen = mediaPresets.find((one) => one.id === id); if (chosen !== undefined) editor.run(changeMedia({ width: chosen.width, height: chosen.height, cutLines: [...chosen.cutLines], continuous: chosen.continuous })); }}
        />
      </Property>
      <Property label={t('size')}>
        <div className="property-pair">
          <Length label={`${t('paper')} ${t('width')}`} step={1} min={10} value={media.width} onChange={(width) => editor.run(changeMedia({ width: Math.min(400_000, Math.max(10_000, width)) }), 'media:width')} />
          <Length label={`${t('paper')} ↕`} step={1} min={5} value={media.height} onChange={(height) => editor.run(changeMedia({ height: Math.min(2_000_000, Math.max(5_000, height)) }), 'media:height')} />
        </div>
      </Property>
      <Property label={t('continuous')}><Checkbox aria-label={t('continuous')} checked={media.continuous} onChange={(event) => editor.run(changeMedia({ continuous: event.target.checked }))} /></Property>
      {media.continuous && <Property label={t('bottomMargin')}><Length label={t('bottomMargin')} step={1} min={0} value={media.bottomMargin} onChange={(bottomMargin) => editor.run(changeMedia({ bottomMargin: Math.min(100_000, Math.max(0, bottomMargin)) }), 'media:margin')} /></Property>}
      <Property label={t('cutLines')}>
        <Input
          size="small" aria-label={t('cutLines')} placeholder={t('cutHint')} value={typed ?? media.cutLines.map((cut) => cut / 1_000).join(', ')}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => {
            if (typed === undefined) return;
            const cuts = typed.split(/[,，\s]+/).filter((one) => one !== '').map((one) => Math.round(Number(one) * 1_000));
            if (cuts.every((cut) => Number.isFinite(cut) && cut >= 0 && cut <= media.height)) editor.run(changeMedia({ cutLines: cuts.slice(0, 10).sort((left, right) => left - right) }));
            setTyped(undefined);
          }}
        />
      </Property>
      <Property label={t('underlay')}>
        <Upload accept="image/png,image/jpeg,image/gif,image/bmp,image/webp" showUploadList={false} beforeUpload={(file) => { void choose(file); return false; }}>
          <Button size="small">{t('choosePicture')}</Button>
        </Upload>
        {media.underlay !== undefined && <Button size="small" type="link" onClick={() => editor.run(changeMedia({ underlay: undefined }))}>{t('removePicture')}</Button>}
        <div><small className="muted">{t('underlayHint')}</small></div>
      </Property>
      <Property label={t('purpose')}>
        <Select
          size="small" aria-label={t('purpose')} style={{ width: '100%' }} value={label.purpose}
          options={(['waybill', 'return', 'item', 'pick', 'packing', 'handover', 'other'] as const).map((value) => ({ value, label: t(value) }))}
          onChange={(purpose) => editor.run(changeDocument({ purpose }))}
        />
      </Property>
      <Property label={t('repeat')}>
        <Select<'none' | 'items' | 'orders' | 'manifest'>
          size="small" aria-label={t('repeat')} style={{ width: '100%' }} value={label.repeat ?? 'none'}
          options={(['none', 'items', 'orders', 'manifest'] as const).map((value) => ({ value, label: value === 'none' ? t('repeatNone') : t('repeatEach', { list: t(value) }) }))}
          onChange={(repeat) => editor.run(changeDocument({ repeat: repeat === 'none' ? undefined : repeat }))}
        />
      </Property>
      <Property label={t('privacy')}>
        <Select size="small" aria-label={t('privacy')} style={{ width: '100%' }} value={label.privacy} options={[{ value: 'masked' as const, label: t('masked') }, { value: 'internal' as const, label: t('internal') }]} onChange={(privacy) => editor.run(changeDocument({ privacy }))} />
      </Property>
    </div>
  );
}
