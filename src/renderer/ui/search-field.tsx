import { Search } from 'lucide-react';
import type { Ref } from 'react';

interface Props {
  /** What is searched; it stands in the empty field and is its name. */
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Given where the key "/" leads into the field. */
  readonly slashRef?: Ref<HTMLInputElement>;
}

/** Nobody types more; what is pasted is cut. */
const longestSearch = 200;

/** A search above what it narrows down while one types. */
export function SearchField({ label, text, onText, slashRef }: Props) {
  return (
    <label className="search">
      <Search className="icon" aria-hidden />
      <input
        ref={slashRef}
        type="search"
        value={text}
        maxLength={longestSearch}
        aria-label={label}
        placeholder={label}
        aria-keyshortcuts={slashRef === undefined ? undefined : '/'}
        onChange={(event) => {
          onText(event.target.value);
        }}
      />
    </label>
  );
}
