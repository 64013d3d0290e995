import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { LifeBuoy } from 'lucide-react';
import { I18nextProvider } from 'react-i18next';
import { afterEach, expect, test, vi } from 'vitest';
import { createTranslator } from '../i18n/i18n';
import { Navigation } from './navigation';
import { type Screen, screens } from './screens';

afterEach(cleanup);

const second: Screen = { id: 'second', title: 'registries.title', icon: LifeBuoy, Content: () => null };

async function renderNavigation(shown: readonly Screen[]) {
  const onGo = vi.fn();
  render(
    <I18nextProvider i18n={await createTranslator('en')}>
      <Navigation screens={shown} current={screens[0]} onGo={onGo} />
    </I18nextProvider>,
  );
  return onGo;
}

test('with one screen there is no navigation', async () => {
  await renderNavigation(screens.slice(0, 1));
  expect(screen.queryByRole('navigation')).toBeNull();
});

test('with more, each screen has an entry, the current one is marked, and a press goes there', async () => {
  const onGo = await renderNavigation([screens[0], second]);
  const [current, other] = screen.getAllByRole('button');
  expect(current?.getAttribute('aria-current')).toBe('page');
  expect(other?.getAttribute('aria-current')).toBeNull();
  if (other !== undefined) await userEvent.click(other);
  expect(onGo).toHaveBeenCalledExactlyOnceWith(second);
});
