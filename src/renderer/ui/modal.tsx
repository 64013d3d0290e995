import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import './modal.css';

interface Props {
  readonly titleId: string;
  readonly title: string;
  /** `alertdialog` for a question about something that cannot be taken back easily. */
  readonly role?: 'dialog' | 'alertdialog';
  readonly describedBy?: string;
  /** On Escape. */
  readonly onEscape: () => void;
  readonly children: ReactNode;
}

/** A dialog over the page, which is inert meanwhile. Its keys stay in it: the page behind has keys of its own. */
export function Modal({ titleId, title, role = 'dialog', describedBy, onEscape, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Whatever the dialog wants focused instead has focused itself by now.
    if (heading.current?.closest('.modal')?.contains(document.activeElement) !== true)
      heading.current?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') onEscape();
  };
  return (
    <div className="modal-ground">
      <div
        className="modal"
        role={role}
        aria-modal
        aria-labelledby={titleId}
        aria-describedby={describedBy}
        onKeyDown={onKeyDown}
      >
        <h2 id={titleId} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {children}
      </div>
    </div>
  );
}
