import type { Plugin } from 'vite';

export function oneByteText(): Plugin;
export function inAscii(code: string): string;
