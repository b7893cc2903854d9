/** When an order has to leave, as a packer says it. Days are those of China, where the platforms count them, whatever the clock of the PC. */

const shift = 8 * 3_600_000;
const day = 86_400_000;

/** Midnight in China that ends the day `now` is in, UTC. */
export function endOfDay(now: string): string {
  return new Date(Math.floor((Date.parse(now) + shift) / day) * day + day - shift).toISOString();
}

export interface DeadlineForm {
  readonly kind: 'late' | 'today' | 'tomorrow' | 'later';
  /** `16:00` */
  readonly time: string;
  /** `11-25`, with the year when it is another one. */
  readonly date: string;
}

/** A deadline seen from now, both UTC; undefined where nothing was promised. */
export function deadlineForm(shipBy: string, now: string): DeadlineForm | undefined {
  if (shipBy === '') return undefined;
  const local = new Date(Date.parse(shipBy) + shift).toISOString();
  const sameYear = local.slice(0, 4) === new Date(Date.parse(now) + shift).toISOString().slice(0, 4);
  return { kind: kindOf(shipBy, now), time: local.slice(11, 16), date: sameYear ? local.slice(5, 10) : local.slice(0, 10) };
}

function kindOf(shipBy: string, now: string): DeadlineForm['kind'] {
  if (shipBy < now) return 'late';
  const end = endOfDay(now);
  if (shipBy < end) return 'today';
  return Date.parse(shipBy) < Date.parse(end) + day ? 'tomorrow' : 'later';
}
