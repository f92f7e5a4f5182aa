/** What is said to shoppers. `{}` stands for what is filled in. */
export type Texts = Record<Name, string> & {
  /** By the plural forms one, few and other. */
  bonuses: [one: string, few: string, other: string]
}

type Name =
  | 'forOrder'
  | 'pay'
  | 'mine'
  | 'prove'
  | 'open'
  | 'scan'
  | 'code'
  | 'cancel'
  | 'have'
  | 'spend'
  | 'amount'
  | 'none'
  | 'range'
  | 'confirm'
  | 'paid'
  | 'voided'
  | 'expired'
  | 'failed'
  | 'changed'
  | 'leave'
