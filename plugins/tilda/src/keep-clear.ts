/** Where the screen is hardly wider than Tilda's open cart, the bubble would lie on its buttons. */
const HIDDEN = '@media(max-width:800px){body[class*=t706__body_cart]{--tapline-bubble:none}}'
/** The bubble's distance from the edges, its height, and what is left free between it and an icon. */
const [EDGE_PX, BUBBLE_PX, GAP_PX] = [20, 60, 12]

let sheet: CSSStyleSheet | undefined
let kept: number | undefined

/** Keeps the bubble of the chat off Tilda's carts and their icons, by the properties that `@tapline/widget` has for that. */
export function keepClear(chat: Element): void {
  if (!sheet) {
    sheet = new CSSStyleSheet()
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    window.addEventListener('resize', () => keepClear(chat))
  }
  let bottom = EDGE_PX
  if (chat.getAttribute('side') !== 'left')
    for (const icon of document.querySelectorAll('.t706__carticon_showed')) {
      const { top, bottom: foot, right } = icon.getBoundingClientRect()
      const isBeside = right < innerWidth - EDGE_PX - BUBBLE_PX
      if (!isBeside && foot > innerHeight - bottom - BUBBLE_PX && top < innerHeight - bottom)
        bottom = innerHeight - top + GAP_PX
    }
  if (bottom === kept) return
  kept = bottom
  sheet.replaceSync(`${HIDDEN}${bottom > EDGE_PX ? `:root{--tapline-bubble-bottom:${bottom}px}` : ''}`)
}
