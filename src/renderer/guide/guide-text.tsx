import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { guide, type GuideBlock, type GuideWords } from 'virtual:support-guide';
import type { HelpSection } from '../../contract/help-sections';
import './guide.css';

interface Props {
  /** Where reading begins; without one, at the beginning. */
  readonly section?: HelpSection;
  /** The level of the heading that this stands under. */
  readonly below: 1 | 2;
}

const sections = guide.flatMap((block) =>
  block.kind === 'heading' && block.id !== undefined ? [{ id: block.id, title: block.text }] : [],
);

/**
 * The support guide with its contents in front, in English whatever language the page speaks, which another one says first. A section that is gone to
 * has the focus, so that reading goes on there.
 */
export function GuideText({ section, below }: Props) {
  const { t, i18n } = useTranslation();
  const text = useRef<HTMLDivElement>(null);
  const goTo = (id: string) => {
    const heading = text.current?.querySelector<HTMLElement>(`[data-section="${id}"]`);
    heading?.scrollIntoView();
    heading?.focus({ preventScroll: true });
  };
  useEffect(() => {
    if (section !== undefined) goTo(section);
  }, [section]);
  return (
    <div ref={text} className="guide">
      {i18n.language !== 'en' && <p>{t('guide.onlyEnglish')}</p>}
      <nav aria-label={t('guide.contents')}>
        <ul className="guide-contents" lang="en">
          {sections.map(({ id, title }) => (
            <li key={id}>
              <button
                type="button"
                className="help-link"
                onClick={() => {
                  goTo(id);
                }}
              >
                <span>{title}</span>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <div className="guide-body" lang="en">
        {guide.map((block, index) => (
          <Block key={index} block={block} below={below} />
        ))}
      </div>
    </div>
  );
}

function Block({ block, below }: { readonly block: GuideBlock; readonly below: 1 | 2 }) {
  switch (block.kind) {
    case 'heading': {
      const Heading = headings[below + block.level - 3] ?? 'h4';
      return (
        <Heading data-section={block.id} tabIndex={-1}>
          {block.text}
        </Heading>
      );
    }
    case 'paragraph':
      return (
        <p>
          {block.text.map((words, index) => (
            <Words key={index} words={words} />
          ))}
        </p>
      );
    case 'code':
      return <pre className="exact">{block.text}</pre>;
  }
}

const headings = ['h2', 'h3', 'h4'] as const;

function Words({ words: { kind, text } }: { readonly words: GuideWords }) {
  if (kind === 'text') return text;
  return kind === 'strong' ? <strong>{text}</strong> : <code className="exact">{text}</code>;
}
