/**
 * Bonuses of Tapline in a site made with Tilda.
 *
 * Sites use the script `/js/tapline-tilda.js` of the server. This package is the same, for who bundles it.
 *
 * @packageDocumentation
 */
export { startTilda } from './start-tilda.ts'
export type { TildaBonuses, TildaOptions } from './start-tilda.ts'
export type { Finding } from '@tapline/storefront'
