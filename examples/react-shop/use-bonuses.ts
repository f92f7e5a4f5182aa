import { useEffect, useState } from 'react'
import type { Bonuses, Cart, Customer, Quote, Spending } from '@tapline/storefront'

/** What a cart earns and may cost less, of whoever it is; it is asked again when the cart or the shopper changes. */
export function useBonuses(bonuses: Bonuses, cart: Cart) {
  const [quote, setQuote] = useState<Quote>()
  const [customer, setCustomer] = useState<Customer | null>(null)
  const [spending, setSpending] = useState<Spending | null>(bonuses.spending)
  const [proven, setProven] = useState(bonuses.proven)

  useEffect(() => bonuses.on('session', (now) => setProven(now.proven)), [bonuses])
  useEffect(() => bonuses.on('spending', setSpending), [bonuses])
  useEffect(() => {
    let isCurrent = true
    void Promise.all([bonuses.me(), bonuses.quote(cart)]).then(([me, quoted]) => {
      if (!isCurrent) return
      setCustomer(me.data ?? null)
      setQuote(quoted.data)
    })
    return () => {
      isCurrent = false
    }
  }, [bonuses, cart.amount, proven, spending?.state])
  return { quote, customer, spending }
}
