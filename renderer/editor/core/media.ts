/** Paper the trade uses, with its cut lines. Micrometres. */
export interface MediaPreset {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly cutLines: readonly number[];
  readonly continuous: boolean;
}

const mm = (value: number): number => value * 1_000;

export const mediaPresets: readonly MediaPreset[] = [
  { id: '76×130', width: mm(76), height: mm(130), cutLines: [], continuous: false },
  { id: '100×150', width: mm(100), height: mm(150), cutLines: [mm(90)], continuous: false },
  { id: '100×180', width: mm(100), height: mm(180), cutLines: [mm(110)], continuous: false },
  { id: '100×110', width: mm(100), height: mm(110), cutLines: [mm(60)], continuous: false },
  { id: '100×203', width: mm(100), height: mm(203), cutLines: [mm(152)], continuous: false },
  { id: '100×210', width: mm(100), height: mm(210), cutLines: [mm(90), mm(150)], continuous: false },
  { id: '60×40', width: mm(60), height: mm(40), cutLines: [], continuous: false },
];
