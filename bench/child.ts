import type { Surroundings } from './lib/contest';
import { type Load, runLoad, startRegistryProcess } from './lib/gateway-far-side';
import { startProvider } from './lib/provider';
import { rows } from './rows';

/** What the parent tells a child to do: one contestant of one row, or the provider for all of them. */
export type Order =
  | { readonly kind: 'provider' }
  | { readonly kind: 'registry' }
  | { readonly kind: 'load'; readonly load: Load }
  | {
      readonly kind: 'contestant';
      readonly row: string;
      readonly name: string;
      readonly surroundings: Surroundings;
    };

/** What a contestant's process says at its end. */
export type Ending =
  | { readonly kind: 'measured'; readonly samples: readonly number[] }
  | { readonly kind: 'failed'; readonly reason: string };

const order = JSON.parse(process.argv[2] ?? '') as Order;
if (order.kind === 'provider') await startProvider();
else if (order.kind === 'registry') await startRegistryProcess();
else if (order.kind === 'load') await runLoad(order.load);
else {
  const contestant = rows.find(({ id }) => id === order.row)?.contestants[order.name];
  if (contestant === undefined) throw new Error(`No contestant ${order.name} in row ${order.row}`);
  const ending: Ending = await contestant(order.surroundings).then(
    (samples) => ({ kind: 'measured', samples }),
    (error: unknown) => ({ kind: 'failed', reason: String(error) }),
  );
  process.send?.(ending, () => process.exit(0));
}
