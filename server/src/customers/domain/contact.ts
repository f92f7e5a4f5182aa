/** Normalised: e-mail in lower case, phone in E.164. */
export type Contact = { email?: string; phone?: string; externalId?: string }

export const CONTACT_KINDS = ['externalId', 'email', 'phone'] as const
export type ContactKind = (typeof CONTACT_KINDS)[number]

export type Identity = { kind: ContactKind; value: string }

export function identitiesIn(contact: Contact): Identity[] {
  return CONTACT_KINDS.flatMap((kind) =>
    contact[kind] === undefined ? [] : [{ kind, value: contact[kind] }],
  )
}

export function identityKey({ kind, value }: Identity): string {
  return `${kind}:${value}`
}
