import type { ReactNode } from 'react';

/** A titled group of facts. */
export function Facts({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="facts">
      <h3>{title}</h3>
      <dl>{children}</dl>
    </section>
  );
}

/** One fact: what it is, and its value. `exact` sets addresses and ids in a type that tells similar letters apart. */
export function Fact(props: {
  readonly term: string;
  readonly exact?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className="fact">
      <dt>{props.term}</dt>
      <dd className={props.exact === true ? 'exact' : undefined}>{props.children}</dd>
    </div>
  );
}
