import { z } from 'zod';
import type { Problem } from './view-model';

/** What a person may change on the Settings screen; everything else is changed in the configuration file. */
const changeableSettings = [
  'theme',
  'sign_in_timeout_seconds',
  'gateway.enabled',
  'gateway.allow_session_control',
  'keep_running',
  'launch_at_login',
  'notifications',
] as const;
export type ChangeableSetting = (typeof changeableSettings)[number];

export const settingChange = z.strictObject({
  key: z.enum(changeableSettings),
  /** As chosen or typed: main judges it by the schema of the file. Null takes it out of the user's file. */
  value: z.union([z.boolean(), z.number(), z.string().max(200)]).nullable(),
});
export type SettingChange = z.infer<typeof settingChange>;

/** What came of exporting a policy; a person may have closed the dialog that asked where. */
export type PolicyExport =
  | { readonly kind: 'saved'; readonly file: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly problem: Problem };
