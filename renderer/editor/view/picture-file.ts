import { App } from 'antd';
import type { Picture } from '../../../common/domain/label/document.ts';
import { readPictureFile } from './paint.ts';
import { useDesignerTexts } from './texts.ts';

/** Reads a picture file a person chose or dropped; says why when it cannot be taken. */
export function usePictureFile(): (file: File) => Promise<Picture | undefined> {
  const t = useDesignerTexts();
  const { message } = App.useApp();
  return async (file) => {
    const reading = await readPictureFile(file);
    if (reading.ok) return reading.picture;
    void message.error(t(reading.reason === 'unknown' ? 'pictureUnknown' : 'pictureTooLarge'));
    return undefined;
  };
}
