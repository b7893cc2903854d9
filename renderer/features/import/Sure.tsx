/** How sure a reading is, in words and colour: below 80 % somebody should look. */
export function Sure({ share }: { share: number }) {
  return <span style={{ color: share >= 0.8 ? 'var(--ink-soft)' : 'var(--state-unknown)', whiteSpace: 'nowrap' }}>{`${share >= 0.8 ? '✓' : '?'} ${Math.round(share * 100)}%`}</span>;
}
