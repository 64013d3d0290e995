import { useTranslation } from 'react-i18next';
import type { Screen } from './screens';

interface Props {
  readonly screens: readonly Screen[];
  readonly current: Screen;
  readonly onGo: (screen: Screen) => void;
}

/** The screens of the app at the left edge, folded to icons in a narrow window. With one screen there is nowhere to go. */
export function Navigation({ screens, current, onGo }: Props) {
  const { t } = useTranslation();
  if (screens.length < 2) return null;
  return (
    <nav className="navigation" aria-label={t('app.navigation')}>
      {screens.map((screen) => (
        <button
          key={screen.id}
          type="button"
          className="navigation-item"
          aria-current={screen.id === current.id ? 'page' : undefined}
          title={t(screen.title)}
          onClick={() => {
            onGo(screen);
          }}
        >
          <screen.icon className="icon" aria-hidden />
          <span className="navigation-word">{t(screen.title)}</span>
        </button>
      ))}
    </nav>
  );
}
