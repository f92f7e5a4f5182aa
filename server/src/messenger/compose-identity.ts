import type { Admission } from '../http/admission.ts'
import type { NewId } from '../kernel/ids.ts'
import type { Locale } from '../kernel/locale.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import type { Sql } from '../postgres/sql.ts'
import { tokenSigner } from '../vault/token-signer.ts'
import { identityHandlers } from './adapters/http/identity-handlers.ts'
import { pageSettingsHandlers } from './adapters/http/page-settings-handlers.ts'
import { sessionGuard } from './adapters/http/session-guard.ts'
import { postgresMemberships } from './adapters/postgres/postgres-memberships.ts'
import { postgresParticipants } from './adapters/postgres/postgres-participants.ts'
import { postgresPersonalData } from './adapters/postgres/postgres-personal-data.ts'
import { postgresSettings } from './adapters/postgres/postgres-settings.ts'
import { postgresTranscripts } from './adapters/postgres/postgres-transcripts.ts'
import { redisUsedTickets } from './adapters/redis/redis-used-tickets.ts'
import { verifyIdentity } from './adapters/signing/verify-identity.ts'
import { SESSION_PREFIX, sessionTokens } from './adapters/tokens/session-tokens.ts'
import { becomeCustomer } from './become-customer.ts'
import { checkOrigin } from './check-origin.ts'
import { chooseSpeaker } from './choose-speaker.ts'
import { FIRST_CHAT_SETTINGS, readChatSettings, type ChatSettings, type GivenChatSettings } from './domain/chat-settings.ts' // prettier-ignore
import { FIRST_PAGE_SETTINGS, readPageSettings, type GivenPageSettings, type PageSettings } from './domain/page-settings.ts' // prettier-ignore
import { keepSettings } from './keep-settings.ts'
import { knowSpeakers, speakerOf as speakerOfParticipant } from './know-speakers.ts'
import { openSession } from './open-session.ts'
import type { Identities } from './ports/identities.ts'
import type { Proofs } from './ports/proofs.ts'
import type { OnMoved } from './ports/memberships.ts'
import { socketTickets } from './socket-tickets.ts'
import { takePart } from './take-part.ts'

type CustomerRef = { id?: string; email?: string; phone?: string; externalId?: string | number }

type Dependencies = {
  sql: Sql
  /** For what is read by its key, again and again. */
  lookUps: Sql
  unitOfWork: UnitOfWork
  redis: Parameters<typeof redisUsedTickets>[0]
  prefix: string
  /** Of the vault, the newest first. */
  encryptionKeys: readonly Buffer[]
  newId: NewId
  admission: Admission
  publicUrl: () => string
  record: (
    transaction: Transaction,
    projectId: string,
    action: string,
    details: Record<string, unknown>,
  ) => Promise<void>
  shopOf: (projectId: string) => Promise<{ name: string; status: 'active' | 'paused'; locale: Locale }>
  customers: {
    /** The project's signing secrets that live, the newest first. */
    secretsOf: Identities['secretsOf']
    /** Finds the customer or makes it. */
    identify: Identities['customerOf']
    /** Only one that is known. */
    find: (
      projectId: string,
      said: CustomerRef,
    ) => Promise<{ customerId: string; name: string | null } | Refusal>
    hold: (transaction: Transaction, projectId: string, customerId: string) => Promise<boolean>
  }
  /** What customers have said of themselves in Telegram. */
  proofs: Proofs
  isActiveAgent: (projectId: string, agentId: string) => Promise<boolean>
  /** Others take part in these conversations now, and they are of another epoch. */
  onMoved: OnMoved
  onBecame: Parameters<typeof becomeCustomer>[0]['onBecame']
  dropFiles: (transaction: Transaction, projectId: string, attachmentIds: string[]) => Promise<void>
  dropWords: (transaction: Transaction, projectId: string, conversationIds: string[]) => Promise<void>
}

/** Who speaks: participants, sessions, tickets; and how the chat of a project behaves. */
export function composeIdentity(dependencies: Dependencies) {
  const { sql, lookUps, unitOfWork, redis, prefix, encryptionKeys, newId, admission, publicUrl } =
    dependencies
  const { record, shopOf, customers, proofs, isActiveAgent, onMoved, onBecame, dropFiles, dropWords } =
    dependencies
  const now = () => Date.now()
  const participants = postgresParticipants({ sql, lookUps, newId })
  const memberships = postgresMemberships
  const settings = keepSettings<GivenChatSettings, ChatSettings>({
    store: postgresSettings({ lookUps, table: 'chat_settings' }),
    read: readChatSettings,
    first: FIRST_CHAT_SETTINGS,
    action: 'chat-settings.changed',
    ...{ unitOfWork, record },
  })
  const pageSettings = keepSettings<GivenPageSettings, PageSettings>({
    store: postgresSettings({ lookUps, table: 'page_settings' }),
    read: readPageSettings,
    first: FIRST_PAGE_SETTINGS,
    action: 'page-settings.changed',
    ...{ unitOfWork, record },
  })
  const speakers = knowSpeakers({ participants, isActiveAgent })
  const tokens = sessionTokens(encryptionKeys)
  const refusesOrigin = checkOrigin({ settingsOf: settings.of })
  const { speakerOf, botOf } = chooseSpeaker({
    participants,
    shopName: async (projectId) => (await shopOf(projectId)).name,
  })
  const tickets = socketTickets({
    signer: tokenSigner(encryptionKeys, 'chat ticket'),
    used: redisUsedTickets(redis, prefix),
    speakers,
    newName: () => newId('session'),
    now,
  })
  const become = becomeCustomer({
    unitOfWork,
    participants,
    memberships,
    onMoved,
    onBecame,
    holdCustomer: customers.hold,
  })
  const open = openSession({
    settingsOf: settings.of,
    identities: { verify: verifyIdentity, secretsOf: customers.secretsOf, customerOf: customers.identify },
    proofs,
    find: customers.find,
    become,
    participants,
    tokens,
    now,
  })
  return {
    handlers: {
      ...pageSettingsHandlers(pageSettings),
      ...identityHandlers({
        open,
        tickets,
        speakerOf,
        settings,
        participants,
        unitOfWork,
        findCustomer: customers.find,
        publicUrl,
      }),
    },
    guards: {
      session: sessionGuard({
        tokens,
        speakers,
        shopOf,
        settingsOf: settings.of,
        refusesOrigin,
        admission,
        prefix: SESSION_PREFIX,
        now,
      }),
    },
    /** Also what the guard of the publishable key asks. */
    refusesOrigin,
    speakerOf,
    botOf,
    /** Of whom is known already, whoever asks. */
    speakerById: async (projectId: string, participantId: string) => {
      const participant = await participants.find(projectId, participantId)
      return participant === undefined ? undefined : speakerOfParticipant(participant)
    },
    /** Whether whoever was let in may still speak, and as whom: for connections that last. */
    speakers,
    socketTickets: tickets,
    settings,
    pageSettings,
    participants,
    /** Somebody has proven to be a customer, here or in another place where one speaks. */
    become,
    transcripts: postgresTranscripts(sql),
    /** Of a customer's life: merge, erasure, export. */
    participant: takePart({
      participants,
      memberships,
      personal: postgresPersonalData({ sql, dropFiles }),
      onMoved,
      dropWords,
    }),
  }
}

export type ChatIdentity = ReturnType<typeof composeIdentity>
