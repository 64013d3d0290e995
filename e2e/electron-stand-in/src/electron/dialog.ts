import { recordCall } from '../host/state';
import { strict } from '../host/strict';

type Answered = 'showMessageBox' | 'showOpenDialog' | 'showSaveDialog';
type Answers = { [Method in Answered]: Awaited<ReturnType<Electron.Dialog[Method]>> };

/** What a spec said a person would answer, per method, in order. */
const queues: { [Method in Answered]: Answers[Method][] } = {
  showMessageBox: [],
  showOpenDialog: [],
  showSaveDialog: [],
};

/** Queues the answer to the next dialog of a kind. */
export function answerDialog<Method extends Answered>(method: Method, answer: Answers[Method]): void {
  queues[method].push(answer);
}

function next<Method extends Answered>(method: Method, args: readonly unknown[]): Promise<Answers[Method]> {
  recordCall(`dialog.${method}`, args.at(-1));
  const answer = queues[method].shift();
  if (answer !== undefined) return Promise.resolve(answer);
  return Promise.reject(
    new Error(
      `[electron stand-in] dialog.${method} was called but no answer is queued; a spec must queue one first`,
    ),
  );
}

const implementation = {
  showMessageBox: (...args: unknown[]) => next('showMessageBox', args),
  showOpenDialog: (...args: unknown[]) => next('showOpenDialog', args),
  showSaveDialog: (...args: unknown[]) => next('showSaveDialog', args),
  showErrorBox: (title: string, content: string) => {
    recordCall('dialog.showErrorBox', title, content);
    console.error(`${title}\n${content}`);
  },
} satisfies Pick<Electron.Dialog, Answered | 'showErrorBox'>;

export const dialog = strict<Electron.Dialog>(implementation, 'dialog');
