import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/**
 * What each folder may import: the table of docs/architecture.md, one line per folder. A folder may always
 * import itself. Tests may import anything: they are the place where parts meet.
 */
const mayImport: Record<string, string[]> = {
  contract: [],
  base: ['contract'],
  vault: ['base', 'contract'],
  config: ['base', 'contract'],
  identity: ['base', 'contract'],
  sessions: ['base', 'config', 'contract', 'identity', 'vault'],
  registry: ['base', 'config', 'contract', 'sessions'],
  gateway: ['base', 'config', 'contract', 'registry', 'sessions'],
  view: ['base', 'config', 'contract', 'registry', 'sessions'],
  support: ['base', 'config', 'contract', 'registry', 'sessions'],
  desktop: ['base', 'config', 'contract', 'identity', 'registry', 'sessions', 'support', 'vault', 'view'],
  composition: [
    'base',
    'config',
    'contract',
    'desktop',
    'gateway',
    'identity',
    'registry',
    'sessions',
    'support',
    'vault',
    'view',
  ],
  preload: ['contract'],
  renderer: ['contract'],
};
const mainFolders = [
  'base',
  'vault',
  'config',
  'identity',
  'sessions',
  'registry',
  'gateway',
  'view',
  'support',
  'desktop',
];

const electronOnlyInDesktop = {
  patterns: [
    {
      group: ['electron', 'electron/*'],
      message:
        "Only src/main/desktop and the preload may import 'electron'; take what you need by constructor.",
    },
  ],
};

export default defineConfig(
  {
    ignores: [
      'out/',
      'dist/',
      'e2e/electron-stand-in/dist/',
      'node_modules/',
      'test-results/',
      'playwright-report/',
    ],
  },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: [
          'tsconfig.json',
          'src/renderer/tsconfig.json',
          'src/preload/tsconfig.json',
          'e2e/tsconfig.json',
          'bench/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { boundaries, 'import-x': importX },
    settings: {
      'import/resolver': { node: { extensions: ['.ts', '.tsx', '.json'] } },
      'import-x/resolver-next': [
        importX.createNodeResolver({ extensions: ['.ts', '.tsx', '.mts', '.json'] }),
      ],
      'boundaries/elements': [
        { type: 'contract', pattern: 'src/contract' },
        { type: 'preload', pattern: 'src/preload' },
        { type: 'renderer', pattern: 'src/renderer' },
        ...mainFolders.map((type) => ({ type, pattern: `src/main/${type}` })),
        { type: 'composition', pattern: 'src/main' },
      ],
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'no-restricted-imports': ['error', electronOnlyInDesktop],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['**/*.test.{ts,tsx}', '**/testing/**'],
    rules: {
      'boundaries/no-unknown-dependencies': 'error',
      'boundaries/no-unknown-files': 'error',
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: [
            ...Object.entries(mayImport).map(([type, targets]) => ({
              from: { element: { type } },
              allow: { to: { element: { types: { anyOf: [type, ...targets] } } } },
            })),
            { allow: { to: { module: { origin: ['external', 'core'] } } } },
          ],
        },
      ],
    },
  },
  {
    files: ['src/main/desktop/**', 'src/preload/**', 'e2e/**', 'bench/blank-app/**'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['src/renderer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['**/*.config.ts', 'e2e/**/*.d.ts'],
    rules: { 'import-x/no-default-export': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: globals.node },
  },
  {
    // Scripts of the contract suite's own little app, which run in a page and in a sandboxed preload.
    files: ['e2e/contract/app/pages/*.js', 'e2e/contract/app/preload.cjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { ...globals.browser, ...globals.commonjs } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
