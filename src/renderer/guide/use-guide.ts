import { createContext, use } from 'react';
import type { HelpSection } from '../../contract/help-sections';

export const GuideContext = createContext<(section: HelpSection) => void>(() => undefined);

/** Opens the support guide at a section, over whatever is on the page. */
export const useGuide = () => use(GuideContext);
