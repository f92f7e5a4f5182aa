import type { ChatMessage } from '@tapline/chat'

/** What a shopper wants to be called with. */
export interface Calls {
  sound: boolean
  notify: boolean
}

const BLINK_MS = 1_200
const LATE_MS = 2_000
const RING_MS = 500

/** Whether this browser shows notifications of a page; those of Android only show what a service worker sends. */
export const canNotify = (): boolean => 'Notification' in window && !/android/i.test(navigator.userAgent)

/**
 * Calls somebody who looks elsewhere: by a sound, by a notification of the browser, in the title of the page. The first two
 * only where they were chosen.
 */
export function createAttention(prefix: () => string, mayStore: boolean) {
  let calls = load()
  let audio: AudioContext | undefined
  let ours = ''
  let usual = ''
  let blink: ReturnType<typeof setInterval> | undefined

  function load(): Calls {
    try {
      const kept = mayStore ? localStorage.getItem(`${prefix()}calls`) : null
      const told = JSON.parse(kept ?? '{}') as Partial<Calls> | null
      return { sound: told?.sound === true, notify: told?.notify === true }
    } catch {
      // Nothing is kept here, or nothing that can be read.
      return { sound: false, notify: false }
    }
  }

  /** Two soft tones, made here: nothing is loaded. */
  function play({ currentTime: now, destination }: AudioContext): void {
    for (const [index, pitch] of [659, 880].entries()) {
      const tone = audio!.createOscillator()
      const volume = audio!.createGain()
      tone.frequency.value = pitch
      volume.gain.setValueAtTime(0.0001, now + index * 0.12)
      volume.gain.exponentialRampToValueAtTime(0.08, now + index * 0.12 + 0.02)
      volume.gain.exponentialRampToValueAtTime(0.0001, now + index * 0.12 + 0.3)
      tone.connect(volume).connect(destination)
      tone.start(now + index * 0.12)
      tone.stop(now + index * 0.12 + 0.32)
    }
  }

  /** For this tab, or for whatever tab of the shop is first. */
  async function ring(here = false): Promise<void> {
    const asked = Date.now()
    const own = (audio ??= new AudioContext())
    // Nothing sounds before the page was touched; a sound that waits for that comes too late.
    await own.resume()
    if (Date.now() - asked > LATE_MS) return
    const { locks } = navigator
    if (here || !locks) return play(own)
    await locks.request(`${prefix()}ring`, { ifAvailable: true }, async (lock) => {
      if (!lock) return
      play(own)
      await new Promise((resolve) => setTimeout(resolve, RING_MS))
    })
  }

  function calm(): void {
    clearInterval(blink)
    blink = undefined
    // What the page itself has written there meanwhile stays.
    if (ours && document.title === ours) document.title = usual
    ours = ''
  }
  const onSeen = (): void => {
    if (!document.hidden) calm()
  }
  document.addEventListener('visibilitychange', onSeen)

  function blinkTitle(words: string): void {
    ours = `● ${words}`
    blink ??= setInterval(() => {
      const isOurs = document.title === ours
      if (!isOurs) usual = document.title
      document.title = isOurs ? usual : ours
    }, BLINK_MS)
  }

  function notify(title: string, body: string, tag: string, onClick: () => void): void {
    const note = new Notification(title, { body, tag })
    note.onclick = () => {
      note.close()
      window.focus()
      onClick()
    }
  }

  return {
    get calls() {
      return calls
    },
    /** A choice is kept where something is kept already: whoever has not written leaves nothing. */
    choose(next: Partial<Calls>, mayKeep: boolean): void {
      calls = { ...calls, ...next }
      if (next.sound) ring(true).catch(() => undefined)
      try {
        if (mayStore && mayKeep) localStorage.setItem(`${prefix()}calls`, JSON.stringify(calls))
      } catch {
        // It holds for this page.
      }
    },
    call(
      { sender, text, id }: ChatMessage,
      words: { title: string; from: string; file: string },
      onClick: () => void,
    ): void {
      // A browser without sound is silent.
      if (calls.sound) ring().catch(() => undefined)
      if (!document.hidden) return
      blinkTitle(words.title)
      if (!calls.notify || !canNotify() || Notification.permission !== 'granted') return
      notify(sender?.name ?? words.from, text ?? words.file, id ?? '', onClick)
    },
    /** Nobody needs to be called any more. */
    calm,
    end(): void {
      calm()
      document.removeEventListener('visibilitychange', onSeen)
      void audio?.close()
    },
  }
}

export type Attention = ReturnType<typeof createAttention>
