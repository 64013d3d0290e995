import { Fragment } from 'react';

/** A host in full; where it has to break, it does so before a dot and not within a word. */
export function HostName({ host }: { readonly host: string }) {
  return host.split('.').map((part, index) => (
    <Fragment key={index}>
      {index > 0 && (
        <>
          <wbr />.
        </>
      )}
      {part}
    </Fragment>
  ));
}
