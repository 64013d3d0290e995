import type { Dispatcher } from 'undici';
import { AnswerBody } from './answer-body';
import type { Attempt } from './attempt';
import { decoderFor } from './decoder';

/** Where the pieces of a body go as they arrive. */
export interface BodySink {
  /** @returns false when the sender should wait */
  receive(piece: Buffer): boolean;
  finish(): void;
}

/** The body of an answer whose headers have come, decoded if need be; the cap counts what is decoded. */
export function receiveBody(
  attempt: Attempt,
  controller: Dispatcher.DispatchController,
  coding: string | undefined,
): { readonly body: AnswerBody; readonly sink: BodySink } {
  const resume = () => {
    controller.resume();
  };
  const stop = () => {
    controller.abort(attempt.error('interrupted'));
  };
  const decoder = coding === undefined ? undefined : decoderFor(coding);
  if (decoder === undefined) {
    const body = new AnswerBody(attempt, { resume, stop });
    return { body, sink: body };
  }
  const body = new AnswerBody(attempt, {
    resume: () => decoder.resume(),
    stop() {
      decoder.destroy();
      stop();
    },
  });
  decoder.on('drain', resume);
  decoder.on('error', () => body.destroy(attempt.error('interrupted')));
  decoder.on('end', () => {
    body.finish();
  });
  decoder.on('data', (piece: Buffer) => {
    if (!body.receive(piece)) decoder.pause();
  });
  return { body, sink: { receive: (piece) => decoder.write(piece), finish: () => void decoder.end() } };
}
