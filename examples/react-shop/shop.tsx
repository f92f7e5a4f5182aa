import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { createBonuses, type TelegramProof } from '@tapline/storefront'
import { useBonuses } from './use-bonuses.ts'

const { url = '', key = '' } = document.body.dataset
const bonuses = createBonuses({ url, publishableKey: key, storefront: 'react-shop', locale: 'en' })

function Checkout() {
  const [count, setCount] = useState(1)
  const [proof, setProof] = useState<TelegramProof>()
  const cart = { amount: `${1990 * count}.00` }
  const { quote, customer, spending } = useBonuses(bonuses, cart)
  const most = quote?.spend.most ?? '0.00'

  async function prove() {
    const { data } = await bonuses.proveByTelegram()
    setProof(data)
    await data?.proven
    setProof(undefined)
  }

  return (
    <main>
      <h1>Mug, sand</h1>
      <button onClick={() => setCount(count + 1)}>One more ({count})</button>
      <p>
        To pay: {cart.amount} − {spending?.discount ?? '0.00'}
      </p>
      {/* Without an answer nothing of this is there, and the shop sells. */}
      {quote && <p>+{quote.earned} bonuses for this order</p>}
      {quote && !customer && !proof && <button onClick={() => void prove()}>Pay with bonuses</button>}
      {proof && (
        <p>
          <a href={proof.url} target="_blank" rel="noopener">
            Open Telegram
          </a>{' '}
          The code there: {proof.code}
        </p>
      )}
      {customer && spending?.state === 'awaiting-confirmation' && (
        <p>Confirm in Telegram. The code there: {spending.code}</p>
      )}
      {customer && spending?.state === 'active' && (
        <button onClick={() => void bonuses.cancel()}>Keep my {spending.amount} bonuses</button>
      )}
      {customer && !spending?.state.match(/^a/) && most !== '0.00' && (
        <button onClick={() => void bonuses.spend({ cart, amount: most })}>Spend {most}</button>
      )}
    </main>
  )
}

createRoot(document.querySelector('#shop')!).render(<Checkout />)
