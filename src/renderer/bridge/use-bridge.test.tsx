import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { FakeMain } from '../testing/fake-main';
import { aRegistry } from '../testing/views';
import { connect } from './connect';
import { BridgeContext, useSelected } from './use-bridge';
import type { ViewStore } from './view-store';

afterEach(cleanup);

test('what is computed from the whole view is computed once per change, and kept while it says the same', async () => {
  const main = new FakeMain([aRegistry({ name: 'Acme' }), aRegistry({ id: 'globex', name: 'Globex' })]);
  const names = vi.fn((view: ViewStore) => view.order().map((id) => view.registry(id)?.name));
  const drawn = vi.fn<(shown: readonly unknown[]) => void>();
  const Names = () => {
    const shown = useSelected(names);
    drawn(shown);
    return shown.join();
  };
  render(
    <BridgeContext value={connect(main)}>
      <Names />
    </BridgeContext>,
  );
  await act(() => Promise.resolve());
  screen.getByText('Acme,Globex');
  names.mockClear();
  drawn.mockClear();
  act(() => {
    main.change(aRegistry({ name: 'Acme', session: { kind: 'signed-in' } }));
  });
  expect(names).toHaveBeenCalledTimes(1);
  expect(drawn).not.toHaveBeenCalled();
  act(() => {
    main.change(aRegistry({ name: 'Acme Ltd' }));
  });
  expect(names).toHaveBeenCalledTimes(2);
  screen.getByText('Acme Ltd,Globex');
});
