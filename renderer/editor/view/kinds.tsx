/** One icon per kind of element, the same in the palette and among the layers. */
import { BarcodeOutlined, BorderOutlined, ColumnHeightOutlined, FieldStringOutlined, FontSizeOutlined, GroupOutlined, LineOutlined, PictureOutlined, QrcodeOutlined, TableOutlined, UnorderedListOutlined } from '@ant-design/icons';
import type { ComponentType } from 'react';
import type { ElementKind } from '../core/names.ts';

export const kindIcons: Readonly<Record<ElementKind, ComponentType>> = {
  text: FontSizeOutlined, field: FieldStringOutlined, paragraph: UnorderedListOutlined, barcode: BarcodeOutlined, qr: QrcodeOutlined, table: TableOutlined,
  line: LineOutlined, vline: ColumnHeightOutlined, box: BorderOutlined, image: PictureOutlined, group: GroupOutlined,
};
