import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const nodeGlobals = Object.fromEntries(
  [
    ...['process', 'console', 'Buffer', 'URL', 'URLSearchParams', 'fetch', 'performance', 'structuredClone'],
    ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'queueMicrotask'],
    ...['AbortController', 'AbortSignal', 'TextEncoder', 'TextDecoder', 'Response', 'Request', 'Headers'],
  ].map((name) => [name, 'readonly']),
)
const commonJsGlobals = { module: 'writable', require: 'readonly', __dirname: 'readonly' }
const browserGlobals = Object.fromEntries(
  [
    ...['window', 'document', 'location', 'history', 'navigator', 'console', 'crypto', 'customElements'],
    ...['fetch', 'URL', 'URLSearchParams', 'FormData', 'EventSource', 'WebSocket', 'Event', 'CustomEvent'],
    ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'requestAnimationFrame', 'performance'],
    ...['HTMLElement', 'Element', 'Node', 'AbortController', 'Intl', 'localStorage', 'sessionStorage'],
    ...['DOMParser', 'MutationObserver', 'IntersectionObserver', 'queueMicrotask', 'structuredClone'],
  ].map((name) => [name, 'readonly']),
)

const unused = [
  'error',
  {
    argsIgnorePattern: '^_',
    varsIgnorePattern: '^_',
    caughtErrorsIgnorePattern: '^_',
    ignoreRestSiblings: true,
  },
]

export default defineConfig(
  globalIgnores([
    '**/dist/',
    'server/bundles/',
    'server/.built/',
    '**/coverage/',
    'openapi/generated/',
    '.data/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-unused-vars': unused,
      'no-var': 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
      'no-implicit-coercion': ['error', { boolean: false }],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: nodeGlobals },
  },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs', globals: commonJsGlobals } },
  {
    files: ['server/simulators/*/page/**/*.js', 'plugins/**/*.js'],
    languageOptions: {
      globals: {
        ...Object.fromEntries(Object.keys(nodeGlobals).map((name) => [name, 'off'])),
        ...browserGlobals,
      },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // TypeScript knows these better.
      'no-undef': 'off',
      'no-unused-vars': 'off',
      'no-redeclare': 'off',
      'no-dupe-class-members': 'off',
      '@typescript-eslint/no-unused-vars': unused,
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      // What needs types to be seen.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    // The environment is read once, then it is a value.
    files: ['server/**', 'sdks/**', 'plugins/**'],
    ignores: [
      'server/src/{config,main,command}.ts',
      'sdks/client/src/base-url.ts',
      'sdks/cli/src/tapline.ts',
      'server/{tests,bench}/**',
      '**/*.test.ts',
      '**/*.fixture.ts',
      '**/*.config.ts',
    ],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Take the setting as an argument: config.ts is the only reader.',
        },
      ],
      'no-restricted-imports': [
        'error',
        { name: 'node:process', message: 'Take the setting as an argument: config.ts is the only reader.' },
      ],
    },
  },
  {
    // What a test reads from JSON and asymmetric matchers is any; the assertion is the check.
    files: ['**/*.test.ts', '**/*.fixture.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  {
    // Chance and the clock are arguments.
    files: ['server/src/{kernel,*/domain}/**/*.ts'],
    ignores: ['**/*.{test,fixture}.ts', 'server/src/kernel/clock.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Take the time as an argument.' },
        { object: 'Math', property: 'random', message: 'Take chance as an argument.' },
        { object: 'process', property: 'env', message: 'Take the setting as an argument.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: 'Take the time as an argument.',
        },
      ],
    },
  },
)
