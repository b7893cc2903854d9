/** A label as what it is: black dots on white paper, whole-number zoom, never blurred. */

export interface LabelPaperProps {
  /** PNG as base64. */
  readonly png: string;
  readonly widthDots: number;
  readonly heightDots: number;
  /** Screen pixels for one dot: 1, 2, … or 'fit' to the given box. */
  readonly zoom?: number;
  readonly alt: string;
}

export function LabelPaper({ png, widthDots, heightDots, zoom = 1, alt }: LabelPaperProps) {
  return <img className="label-paper" src={`data:image/png;base64,${png}`} width={widthDots * zoom} height={heightDots * zoom} alt={alt} />;
}
