type Texts = { ru?: string; en?: string; kk?: string }

export type Greeting = {
  text: Texts
  /** With `*` for anything; all pages when undefined. */
  paths?: readonly string[]
  afterSeconds: number
  whenOpen: boolean
}

/** How the chat looks in pages of the shop, and what it says and asks by itself. */
export type WidgetLook = {
  title: Texts | null
  colour: string
  theme: 'auto' | 'light' | 'dark'
  side: 'right' | 'left'
  welcome: Texts | null
  greetings: readonly Greeting[]
  preChat: { fields: readonly ('name' | 'email' | 'phone')[]; required: boolean } | null
  offlineForm: boolean
  consent: { text: Texts; url?: string } | null
}

export type PageSettings = {
  widget: WidgetLook
  /** How bonuses are spent in a cart whose shop cannot ask us. */
  spending: 'reservations' | 'promo-codes' | 'off'
}

type Given<T> = { [Key in keyof T]?: T[Key] | undefined }

/** What a shop says; what it leaves out takes its default. */
export type GivenPageSettings = {
  widget?: Given<Omit<WidgetLook, 'greetings' | 'preChat'>> & {
    greetings?: readonly (Given<Greeting> & Pick<Greeting, 'text'>)[] | undefined
    preChat?: (Pick<NonNullable<WidgetLook['preChat']>, 'fields'> & { required?: boolean }) | null | undefined
  }
  spending?: PageSettings['spending'] | undefined
}

export const FIRST_PAGE_SETTINGS: PageSettings = {
  widget: {
    title: null,
    colour: '#1f6feb',
    theme: 'auto',
    side: 'right',
    welcome: null,
    greetings: [],
    preChat: null,
    offlineForm: true,
    consent: null,
  },
  spending: 'reservations',
}

const GREETS_AFTER_SECONDS = 10

/** With all defaults. */
export function readPageSettings({ widget = {}, spending }: GivenPageSettings): PageSettings {
  const first = FIRST_PAGE_SETTINGS
  const { greetings = [], preChat = null, ...said } = widget
  const look = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
  return {
    widget: {
      ...first.widget,
      ...look,
      colour: (said.colour ?? first.widget.colour).toLowerCase(),
      greetings: greetings.map(({ text, paths, afterSeconds = GREETS_AFTER_SECONDS, whenOpen = false }) => ({
        text,
        ...(paths === undefined ? {} : { paths }),
        afterSeconds,
        whenOpen,
      })),
      preChat: preChat && { fields: preChat.fields, required: preChat.required ?? false },
    },
    spending: spending ?? first.spending,
  }
}
