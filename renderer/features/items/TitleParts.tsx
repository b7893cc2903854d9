import { Tooltip } from 'antd';
import type { Item } from '../../../common/contract/items.ts';
import { useItemsTexts } from './texts.ts';

/** A title with what goes into the short name in ink and the rest in grey; each part says why on pointing at it. */
export function TitleParts({ parts, title }: { parts: Item['suggestion']['parts']; title: string }) {
  const t = useItemsTexts();
  return (
    <span aria-label={title} className="title-parts">
      {parts.map((part, index) => (
        // Parts have no identity but their place.
        // eslint-disable-next-line react/no-array-index-key
        <Tooltip key={index} title={t(part.as)}>
          <span style={part.kept ? { fontWeight: 600, borderBottom: '2px solid var(--tape)' } : { color: 'var(--ink-soft)' }}>{part.text}</span>
        </Tooltip>
      ))}
    </span>
  );
}
