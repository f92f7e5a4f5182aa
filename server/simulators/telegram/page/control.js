import { toast } from './element.js'
import { words } from './words.js'

let afterwards = () => {}

export function whenControlled(run) {
  afterwards = run
}

/** Makes something happen in the simulator; null when it says no, which is shown. */
export async function control(name, input) {
  try {
    const response = await fetch(`/control/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(input),
    })
    const answer = await response.json()
    if (answer.error) toast(answer.error)
    afterwards()
    return answer.error ? null : (answer.result ?? true)
  } catch {
    toast(words.noContact)
    return null
  }
}

export async function ask(path) {
  return (await fetch(`/control/${path}`)).json()
}
