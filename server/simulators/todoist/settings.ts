export type Plan = 'free' | 'paid'

/** What a test or a person may change while the simulator runs. */
export interface Settings {
  /** Every call is reset and no event is delivered. */
  outage: boolean
  /** Attachments of 5 MB or of 100 MB. */
  plan: Plan
  /** Events are delivered before the call that caused them is answered. */
  earlyEcho: boolean
  /** Events that are lost: nobody hears of what happens until it is switched back. */
  webhooksLost: boolean
  /** Whether an app hears of what others do in the projects of the user who let it in. */
  eventsOfCollaborators: boolean
  /** Callbacks must be HTTPS without a port, as on the real service. */
  httpsCallbacksOnly: boolean
  /** How long an upload stays pending. */
  uploadPendingMs: number
  /** Pages of lists may be shorter than asked for. */
  shortPages: boolean
  /** Pages of lists repeat the last row of the page before. */
  repeatedRows: boolean
  /** A person who is invited is a collaborator only after accepting. */
  invitationsWait: boolean
  partialSyncsPer15Minutes: number
  fullSyncsPer15Minutes: number
  restCallsPer15Minutes: number
}

export const USUAL_SETTINGS: Settings = {
  outage: false,
  plan: 'paid',
  earlyEcho: false,
  webhooksLost: false,
  eventsOfCollaborators: true,
  httpsCallbacksOnly: false,
  uploadPendingMs: 0,
  shortPages: false,
  repeatedRows: false,
  invitationsWait: false,
  partialSyncsPer15Minutes: 1000,
  fullSyncsPer15Minutes: 100,
  restCallsPer15Minutes: 1000,
}
