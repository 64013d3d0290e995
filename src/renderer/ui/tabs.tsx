import { type ComponentType, type KeyboardEvent, useId, useRef } from 'react';

export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly Content: ComponentType;
}

interface Props {
  /** What the tabs are a choice of. */
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly current: string;
  readonly onChoose: (id: string) => void;
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** One of several contents at a time (WAI-ARIA tabs): arrows, Home and End move, and moving chooses. */
export function Tabs({ label, tabs, current, onChoose }: Props) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const shown = tabs.find((tab) => tab.id === current) ?? tabs[0];
  const onKeyDown = (event: KeyboardEvent) => {
    const index = tabs.findIndex((tab) => tab.id === shown?.id);
    const target =
      event.key === 'Home' ? 0 : event.key === 'End' ? tabs.length - 1 : index + (steps[event.key] ?? 0);
    const next = tabs[(target + tabs.length) % tabs.length];
    if (next === undefined || next.id === shown?.id) return;
    event.preventDefault();
    onChoose(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  if (shown === undefined) return null;
  return (
    <>
      <div ref={list} role="tablist" aria-label={label} className="tabs" onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}-${tab.id}`}
            data-tab={tab.id}
            className="tab"
            aria-selected={tab.id === shown.id}
            aria-controls={`${id}-panel`}
            tabIndex={tab.id === shown.id ? 0 : -1}
            onClick={() => {
              onChoose(tab.id);
            }}
          >
            {tab.title}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${shown.id}`} className="tab-panel">
        <shown.Content />
      </div>
    </>
  );
}
