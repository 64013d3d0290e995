import type { ComputerFacts, SetAsideFact } from '../../contract/support-view';
import type { Result } from '../base/failure';

/** The header of a record on disk, as far as it is told. */
interface Header {
  readonly registry: string;
  readonly account?: string;
  readonly vanishedAt?: number;
  readonly keptUntil?: number;
}

/** The part of the vault that lists what is on disk without opening anything. */
export interface StoredSignIns {
  list(): Promise<readonly Header[]>;
  listSetAside(): Promise<
    Result<readonly { readonly at: number; readonly kind: SetAsideFact['kind']; readonly record?: Header }[]>
  >;
}

/** What is on disk and belongs to no configured registry. */
export async function storedSignIns(
  vault: StoredSignIns,
): Promise<Pick<ComputerFacts, 'keptSignIns' | 'setAside'>> {
  const [records, setAside] = await Promise.all([vault.list(), vault.listSetAside()]);
  return {
    keptSignIns: records.flatMap(({ registry, account, vanishedAt, keptUntil }) =>
      vanishedAt === undefined || keptUntil === undefined
        ? []
        : [
            {
              host: new URL(registry).host,
              ...(account !== undefined && { account }),
              goneSince: vanishedAt,
              keptUntil,
            },
          ],
    ),
    setAside: setAside.ok
      ? setAside.value.map(({ at, kind, record }) => ({
          at,
          kind,
          ...(record !== undefined && { host: new URL(record.registry).host }),
        }))
      : 'unreadable',
  };
}
