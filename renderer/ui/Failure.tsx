import { Alert, App } from 'antd';
import { appError, explain } from '../client/index.ts';
import { useLocale } from '../i18n/index.ts';

/** A rejected call on the page: the sentence, and the code in small type for support. */
export function Failure({ error }: { error: unknown }) {
  const locale = useLocale();
  return <Alert type="error" showIcon message={explain(error, locale)} description={<small>{appError(error)?.code}</small>} />;
}

/** Shows a rejected call as a note that stays until it is closed: `const show = useFailure(); …catch(show)`. */
export function useFailure(): (error: unknown) => void {
  const locale = useLocale();
  const { notification } = App.useApp();
  return (error) => notification.error({ message: explain(error, locale), description: appError(error)?.code, duration: 0, placement: 'bottomRight' });
}
