import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../bridge/use-bridge';
import { useAnnounce } from '../ui/announcer';
import { announcement, isNews } from './session-words';

/** Announces each change of a session once; draws nothing. */
export function SessionAnnouncements() {
  const { view } = useBridge();
  const { t } = useTranslation();
  const announce = useAnnounce();
  useEffect(
    () =>
      view.onRegistryChange((before, after) => {
        if (before === undefined || after === undefined) return;
        if (isNews(before.session, after.session)) announce(announcement(t, after));
      }),
    [view, t, announce],
  );
  return null;
}
