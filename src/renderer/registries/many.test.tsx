import { act, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { FakeMain } from '../testing/fake-main';
import { list, rowNames } from '../testing/queries';
import { renderApp } from '../testing/render-app';
import { aProblem, aRegistry } from '../testing/views';
import { StatusBadge } from './status-badge';

// Counts drawings of rows: each row draws its badge whenever it draws itself.
vi.mock(import('./status-badge'), async (original) => ({
  StatusBadge: vi.fn((await original()).StatusBadge),
}));

const registries = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    aRegistry({ id: `r${index}`, name: `Registry ${index}`, host: `mcp${index}.acme.example` }),
  );

beforeEach(() => {
  // jsdom lays nothing out: a window of 600 px over rows of 65 px.
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(800);
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockImplementation(function (this: HTMLElement) {
    return this.classList.contains('list-scroll') ? 600 : 65;
  });
});

test.each([50, 1000])('among %i registries one change of state draws one row', async (count) => {
  const main = new FakeMain(registries(count));
  await renderApp(main);
  vi.mocked(StatusBadge).mockClear();
  const session = { kind: 'signed-in', account: 'alice' } as const;
  act(() => {
    main.change(aRegistry({ id: 'r3', name: 'Registry 3', session }));
  });
  const drawn = vi.mocked(StatusBadge).mock.calls.map(([props]) => props.session);
  expect(drawn.length).toBeGreaterThan(0);
  expect(drawn.every((each) => each.kind === 'signed-in')).toBe(true);
  // Strict mode draws everything twice to find impurities.
  expect(drawn.length).toBeLessThanOrEqual(2);
});

test('over a hundred registries only those in sight are in the page, and each says where it stands', async () => {
  await renderApp(new FakeMain(registries(1000)));
  expect(list().children.length).toBeLessThan(30);
  const [, second] = list().children;
  expect(second?.getAttribute('aria-posinset')).toBe('2');
  expect(second?.getAttribute('aria-setsize')).toBe('1000');
});

test('up to twelve registries there is nothing to search', async () => {
  await renderApp(new FakeMain(registries(12)));
  expect(screen.queryByRole('searchbox')).toBeNull();
  expect(screen.queryByRole('radio')).toBeNull();
});

test('the search finds names and hosts, and Esc empties it', async () => {
  const { user } = await renderApp(new FakeMain(registries(13)));
  const search = screen.getByRole('searchbox', { name: 'Search registries' });
  await user.type(search, 'REGISTRY 12');
  expect(rowNames()).toEqual(['Registry 12']);
  await user.clear(search);
  await user.type(search, 'mcp7.');
  expect(rowNames()).toEqual(['Registry 7']);
  await user.keyboard('{Escape}');
  expect(rowNames()).toHaveLength(13);
});

test('a slash goes to the search, but is a letter inside it', async () => {
  const { user } = await renderApp(new FakeMain(registries(13)));
  await user.keyboard('/');
  const search = screen.getByRole<HTMLInputElement>('searchbox');
  expect(document.activeElement).toBe(search);
  expect(search.value).toBe('');
  await user.keyboard('/');
  expect(search.value).toBe('/');
});

test('a search without a result says so and leads back', async () => {
  const { user } = await renderApp(new FakeMain(registries(13)));
  await user.type(screen.getByRole('searchbox'), 'nothing like it');
  screen.getByText('No registry matches.');
  await user.click(screen.getByRole('button', { name: 'Show all registries' }));
  expect(rowNames()).toHaveLength(13);
});

test('a filter shows one state, counts it, and follows changes', async () => {
  const expired = { kind: 'expired', problem: aProblem() } as const;
  const main = new FakeMain([
    ...registries(12),
    aRegistry({ id: 'old', name: 'Old', session: expired, status: 'expired' }),
    aRegistry({ id: 'mine', name: 'Mine', session: { kind: 'signed-in' }, status: 'authenticated' }),
  ]);
  const { user } = await renderApp(main);
  await user.click(screen.getByRole('radio', { name: 'Attention 1' }));
  expect(rowNames()).toEqual(['Old']);
  act(() => {
    main.change(aRegistry({ id: 'r5', name: 'Registry 5', session: expired }));
  });
  expect(rowNames()).toEqual(['Registry 5', 'Old']);
  await user.click(screen.getByRole('radio', { name: 'Signed in 1' }));
  expect(rowNames()).toEqual(['Mine']);
  await user.click(screen.getByRole('radio', { name: 'Signed out 11' }));
  expect(rowNames()).toHaveLength(11);
});

test('End reaches the last of a thousand, and the focus stays in the page when it scrolls away', async () => {
  const { user } = await renderApp(new FakeMain(registries(1000)));
  const scroller = document.querySelector('.list-scroll');
  // jsdom does not scroll: what the list asks for is carried out here.
  const scrollTo = ({ top }: ScrollToOptions) => {
    if (scroller === null || top === undefined) return;
    scroller.scrollTop = top;
    scroller.dispatchEvent(new Event('scroll'));
  };
  Object.assign(scroller ?? {}, { scrollTo });
  screen.getByRole('button', { name: 'Registry 0' }).focus();
  await user.keyboard('{End}');
  await vi.waitFor(() => {
    expect(document.activeElement?.textContent).toBe('Registry 999');
  });
  act(() => {
    scrollTo({ top: 0 });
  });
  await vi.waitFor(() => {
    expect(rowNames()).toContain('Registry 0');
  });
  expect(document.activeElement?.textContent).toBe('Registry 999');
});
