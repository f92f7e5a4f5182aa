declare const opened: unique symbol

/** One database transaction, handed from the composition root through the contexts that must commit together. */
export type Transaction = { readonly [opened]: true }

/** Commits when the work resolves, rolls back when it throws. Transient conflicts are tried again from the start. */
export type UnitOfWork = <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>
