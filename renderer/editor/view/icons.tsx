/** Icons of the tools that the icon set lacks, each its own drawing: align, stack. One line width, 16 × 16. */
import type { ReactNode } from 'react';

function icon(drawing: ReactNode): ReactNode {
  return <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden style={{ verticalAlign: '-0.2em' }}>{drawing}</svg>;
}

export const alignIcons = {
  left: icon(<><path d="M2.5 1.5v13" /><rect x="5" y="3.5" width="8.5" height="3" /><rect x="5" y="9.5" width="5" height="3" /></>),
  center: icon(<><path d="M8 1.5v2M8 6.5v3M8 12.5v2" /><rect x="3" y="3.5" width="10" height="3" /><rect x="5" y="9.5" width="6" height="3" /></>),
  right: icon(<><path d="M13.5 1.5v13" /><rect x="2.5" y="3.5" width="8.5" height="3" /><rect x="6" y="9.5" width="5" height="3" /></>),
  top: icon(<><path d="M1.5 2.5h13" /><rect x="3.5" y="5" width="3" height="8.5" /><rect x="9.5" y="5" width="3" height="5" /></>),
  middle: icon(<><path d="M1.5 8h2M6.5 8h3M12.5 8h2" /><rect x="3.5" y="3" width="3" height="10" /><rect x="9.5" y="5" width="3" height="6" /></>),
  bottom: icon(<><path d="M1.5 13.5h13" /><rect x="3.5" y="2.5" width="3" height="8.5" /><rect x="9.5" y="6" width="3" height="5" /></>),
} as const;

export const spreadIcons = {
  x: icon(<><path d="M1.5 2v12M14.5 2v12" /><rect x="5.5" y="4.5" width="5" height="7" /></>),
  y: icon(<><path d="M2 1.5h12M2 14.5h12" /><rect x="4.5" y="5.5" width="7" height="5" /></>),
} as const;

export const stackIcons = {
  front: icon(<><path d="M6 5V2.5h7.5V10H11" strokeDasharray="2 1.6" /><rect x="2.5" y="5.5" width="8" height="8" fill="currentColor" fillOpacity="0.35" /></>),
  back: icon(<><rect x="5.5" y="2.5" width="8" height="8" fill="currentColor" fillOpacity="0.35" strokeDasharray="2 1.6" /><path d="M5 6H2.5v7.5H10V11" /></>),
} as const;
