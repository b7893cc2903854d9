/** Days and months as the business counts them: China Standard Time, UTC+8, no summer time. */

const offsetMs = 8 * 60 * 60 * 1000;

/** `2026-11-22` for an instant given in UTC. */
export function businessDay(utc: string): string {
  return new Date(Date.parse(utc) + offsetMs).toISOString().slice(0, 10);
}

/** First instant (UTC) of a business day. */
export function dayStart(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - offsetMs).toISOString();
}

/** First instants (UTC) of a month `2026-11` and of the month after it. */
export function monthBounds(month: string): { from: string; to: string } {
  const [year = 0, index = 1] = month.split('-').map(Number);
  const first = (y: number, m: number) => new Date(Date.UTC(y, m, 1) - offsetMs).toISOString();
  return { from: first(year, index - 1), to: first(year, index) };
}
