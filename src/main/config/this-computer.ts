import { homedir, userInfo } from 'node:os';
import type { Computer } from './places';

/** The computer and the account that the app runs on. */
export function thisComputer(): Computer & { readonly userId: number } {
  return {
    platform: process.platform,
    env: process.env,
    homeFolder: homedir(),
    userName: userName(),
    // Windows has no such numbers, and nothing there asks for one.
    userId: process.getuid?.() ?? 0,
  };
}

/** A container may run under a number that no account has. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env['USER'] ?? '';
  }
}
