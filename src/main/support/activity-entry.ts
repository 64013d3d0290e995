import { z } from 'zod';
import { type ActivityEntry, activityKinds, activityLevels, activityNames } from '../../contract/activity';
import { type Code, codes } from '../../contract/codes';

const line = z.strictObject({
  level: z.enum(activityLevels),
  time: z.iso.datetime(),
  name: z.enum(activityNames),
  registryId: z.string().max(100).exactOptional(),
  kind: z.enum(activityKinds).exactOptional(),
  code: z.custom<Code>((code) => typeof code === 'string' && Object.hasOwn(codes, code)).exactOptional(),
  durationMs: z.number().int().nonnegative().exactOptional(),
  correlationId: z
    .string()
    .regex(/^[0-9a-f]{8}$/)
    .exactOptional(),
});

/** An entry from its line in the file, or undefined where the line is none: a file is not to be trusted for being ours. */
export function entryOfLine(text: string): Omit<ActivityEntry, 'seq'> | undefined {
  try {
    const { time, ...entry } = line.parse(JSON.parse(text));
    return { ...entry, at: Date.parse(time) };
  } catch {
    return undefined;
  }
}
