import { useEffect, useState } from 'react';

/** The time, UTC, renewed every half minute: what is due today is late at some moment while somebody looks on. */
export function useNow(): string {
  const [now, setNow] = useState(() => new Date().toISOString());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date().toISOString()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
