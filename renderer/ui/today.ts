import dayjs from 'dayjs';
import type { Dayjs } from 'dayjs';
import { chinaTime } from '../../common/domain/orders/export.ts';

/** The day it is in China, whatever clock this computer shows: the books, bills and deadlines count its days. */
export function today(): Dayjs {
  return dayjs(chinaTime(new Date().toISOString()).slice(0, 10));
}
