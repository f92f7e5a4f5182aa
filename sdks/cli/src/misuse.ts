/** The command was not called as it can be: exit code 2. */
export class Misuse extends Error {}

/** What was asked for did not come about: exit code 1. */
export class Failure extends Error {}
