import type { ChatMessage } from '@tapline/chat'

/** What a shopper wants to be called with. */
export interface Calls {
  sound: boolean
  notify: boolean
}

const BLINK_MS = 1_200

/**
 * Calls somebody who looks elsewhere: by a sound, by a notification of the browser, in the title of the page. The first two
 * only where they were chosen.
 */
export function createAttention(prefix: () => string, mayStore: boolean) {
  let calls = load()
  let audio: AudioContext | undefined
  let title: string | undefined
  let blink: ReturnType<typeof setInterval> | undefined

  function load(): Calls {
    try {
      const kept = mayStore && localStorage.getItem(`${prefix()}calls`)
      if (kept) return JSON.parse(kept) as Calls
    } catch {
      // Nothing is kept here.
    }
    return { sound: false, notify: false }
  }

  /** Two soft tones, made here: nothing is loaded. */
  function ring(): void {
    audio ??= new AudioContext()
    const { currentTime: now, destination } = audio
    for (const [index, pitch] of [659, 880].entries()) {
      const tone = audio.createOscillator()
      const volume = audio.createGain()
      tone.frequency.value = pitch
      volume.gain.setValueAtTime(0.0001, now + index * 0.12)
      volume.gain.exponentialRampToValueAtTime(0.08, now + index * 0.12 + 0.02)
      volume.gain.exponentialRampToValueAtTime(0.0001, now + index * 0.12 + 0.3)
      tone.connect(volume).connect(destination)
      tone.start(now + index * 0.12)
      tone.stop(now + index * 0.12 + 0.32)
    }
  }

  function calm(): void {
    clearInterval(blink)
    blink = undefined
    if (title !== undefined) document.title = title
    title = undefined
  }
  const onSeen = (): void => {
    if (!document.hidden) calm()
  }
  document.addEventListener('visibilitychange', onSeen)

  return {
    get calls() {
      return calls
    },
    /** A choice is kept where something is kept already: whoever has not written leaves nothing. */
    choose(next: Partial<Calls>, mayKeep: boolean): void {
      calls = { ...calls, ...next }
      if (calls.sound && next.sound) ring()
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
      if (calls.sound) ring()
      if (!document.hidden) return
      title ??= document.title
      const usual = title
      blink ??= setInterval(() => {
        document.title = document.title === usual ? `● ${words.title}` : usual
      }, BLINK_MS)
      if (!calls.notify || !('Notification' in window) || Notification.permission !== 'granted') return
      const note = new Notification(sender?.name ?? words.from, { body: text ?? words.file, tag: id ?? '' })
      note.onclick = () => {
        window.focus()
        onClick()
      }
    },
    end(): void {
      calm()
      document.removeEventListener('visibilitychange', onSeen)
      void audio?.close()
    },
  }
}

export type Attention = ReturnType<typeof createAttention>
