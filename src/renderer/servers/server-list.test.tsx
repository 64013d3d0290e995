import { act, cleanup, render, screen } from '@testing-library/react';
import { createRef } from 'react';
import { I18nextProvider } from 'react-i18next';
import { afterEach, expect, test, vi } from 'vitest';
import { createTranslator } from '../i18n/i18n';
import { someServers } from '../testing/server-views';
import { ServerList } from './server-list';

afterEach(cleanup);

test('a frame of scrolling goes through the rows in sight, not through ten thousand', async () => {
  // jsdom lays nothing out: a window of 600 px over rows as high as they are expected to be.
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockImplementation(function (this: HTMLElement) {
    return this.classList.contains('servers-scroll') ? 600 : 103;
  });
  let looks = 0;
  const servers = new Proxy(someServers(10_000), {
    get: (all, key) => {
      looks += 1;
      return Reflect.get(all, key) as unknown;
    },
  });
  const { container } = render(
    <I18nextProvider i18n={await createTranslator('en')}>
      <ServerList servers={servers} label="Servers" onOpen={() => undefined} handle={createRef()} />
    </I18nextProvider>,
  );
  const scroller = container.querySelector('.servers-scroll');
  looks = 0;
  act(() => {
    if (scroller === null) return;
    scroller.scrollTop = 103 * 5_000;
    scroller.dispatchEvent(new Event('scroll'));
  });
  screen.getByText('Server 5002');
  expect(looks).toBeGreaterThan(0);
  expect(looks).toBeLessThan(500);
});
