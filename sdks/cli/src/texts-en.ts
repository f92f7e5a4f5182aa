export const EN = {
  keyMissing: () =>
    'There is no secret key. Put it into TAPLINE_SECRET_KEY (sk_…); `npm start` prints that of the demo project, ' +
    'and `npm run -s tapline-server -- project rotate PROJECT secret-key` makes a new one.',
  keyPublishable: () =>
    'This is a publishable key (pk_…), which only opens what is meant for browsers. TAPLINE_SECRET_KEY is the one that begins with sk_.',
  keyMalformed: () => 'This is no secret key: one begins with sk_ and has no blanks. Was it copied whole?',
  keyUnknown: (url: string) =>
    `Tapline at ${url} does not know this key. Is it of a project there (TAPLINE_URL), copied whole, and not replaced since?`,
  keyVisible: () =>
    'Others on this machine can see a key in arguments (list of processes, history of the shell): TAPLINE_SECRET_KEY is the safer place.',
  unreachable: (url: string, why: string) =>
    `Tapline does not answer at ${url}: ${why}. Is it running, and is TAPLINE_URL right?`,
  outage: (url: string, why: string) =>
    `Tapline at ${url} does not answer (${why}). Trying until it does; nothing is missed meanwhile.`,
  returned: (url: string) => `Tapline at ${url} answers again.`,
  unknownType: (type: string) => `There is no event ${type}.`,
  didYouMean: (type: string) => `Did you mean ${type}? These exist:`,
  unknownCommand: (words: string) => `There is no command "${words}".`,
  orCommand: (name: string) => `Did you mean "tapline ${name}"?`,
  seeHelp: (command: string) => `See: tapline ${command}--help`,
  targetNotHttp: (given: string, likely: string) =>
    `${given} is no address that can be posted to: it begins with http:// or https://, as in ${likely}.`,
  targetWithPassword: () => 'The address to forward to holds a user or password: leave them out.',
  listening: (url: string, target: string | undefined) =>
    target === undefined
      ? `Following the events of ${url}.`
      : `Forwarding the events of ${url} to ${target}.`,
  verifyWith: (secret: string) =>
    `Verify with: TAPLINE_WEBHOOK_SECRET=${secret}\nIt is the same at every start, as long as the project's secret key is.`,
  ctrlC: () => 'Ctrl-C stops.',
  targetSilent: (target: string, why: string) =>
    `Nobody answers at ${target} (${why}). Trying a few more times; the event is not lost.`,
  targetReturned: (target: string) => `${target} answers again.`,
  answered: (status: number, ms: number) => `${status} in ${ms} ms`,
  undelivered: (attempts: number, why: string) => `not delivered after ${attempts} attempts: ${why}`,
  stopped: (events: number, delivered: number, refused: number, undelivered: number) =>
    `Stopped. Events: ${events}, taken (2xx): ${delivered}, refused: ${refused}, not delivered: ${undelivered}.`,
  stoppedFollowing: (events: number) => `Stopped. Events: ${events}.`,
  goOnFrom: (position: number) => `Go on from here with --since ${position}`,
  noEvents: () => 'There are no such events in the last 30 days.',
  noEndpoints: () => 'There are no endpoints: POST /v1/webhook-endpoints makes one.',
  noDeliveries: () => 'There are no such deliveries.',
  nobodyWants: () =>
    'No enabled endpoint wants events of this type, so it was sent nowhere. --endpoint ID sends it all the same.',
}

/** What is said to people; help is in English only. */
export type Texts = typeof EN
