type Child = Node | string | false | undefined

const HOST = 'tapline-bonuses'
let sheet: CSSStyleSheet | undefined

/** A place of ours in the page, which the page's styles do not reach. */
export function place(kind: string): { host: HTMLElement; draw(key: string, children: () => Child[]): void } {
  const host = document.createElement(HOST)
  host.className = kind
  const root = host.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [(sheet ??= styleSheet())]
  let drawn = ''
  return {
    host,
    draw(key, children) {
      if (drawn === key) return
      drawn = key
      const hadFocus = root.activeElement
      root.replaceChildren(...(children().filter(Boolean) as Array<Node | string>))
      if (hadFocus) root.querySelector<HTMLElement>('a,button,input')?.focus()
    },
  }
}

/** The shop's colour, with words on it that can be read. */
export function paint(colour: string | undefined): void {
  const [red = 0, green = 0, blue = 0] = (/^#[\da-f]{6}$/i.test(colour ?? '') ? colour! : '#1f6feb')
    .match(/[\da-f]{2}/gi)!
    .map((part) => parseInt(part, 16))
  const isLight = red * 0.299 + green * 0.587 + blue * 0.114 > 150
  sheet ??= styleSheet()
  sheet.insertRule(
    `:host{--c:rgb(${red} ${green} ${blue});--o:${isLight ? '#000' : '#fff'}}`,
    sheet.cssRules.length,
  )
}

function styleSheet(): CSSStyleSheet {
  const made = new CSSStyleSheet()
  made.replaceSync(
    `:host{all:initial!important;display:block!important;font:inherit!important;color:inherit!important;margin:0 0 16px!important}
:host(.badge){margin:6px 0!important}
:host(.badge) span{padding:2px 9px;border-radius:9px;background:color-mix(in srgb,var(--c) 12%,transparent);font-size:13px;font-weight:400;line-height:1.6;white-space:nowrap}
section{padding:16px;border-radius:10px;background:color-mix(in srgb,var(--c) 8%,transparent);font-size:15px;line-height:1.45;text-align:left}
p{margin:0 0 8px}p:last-child,div:last-child{margin-bottom:0}
div{display:flex;flex-wrap:wrap;gap:10px;align-items:center;margin-bottom:8px}
button,a,input,select{box-sizing:border-box;min-height:44px;padding:0 18px;border:1px solid var(--c);border-radius:8px;font:inherit}
button,a{display:inline-grid;place-items:center;background:var(--c);color:var(--o);text-decoration:none;cursor:pointer}
button.quiet{padding:0;margin:-6px 0 -10px;border:0;background:none;color:inherit;text-decoration:underline}
input,select{width:8em;padding:0 10px;background:#fff;color:#000}
:focus-visible{outline:2px solid;outline-offset:2px}
svg{width:132px;height:132px;border-radius:8px}
b{font-size:1.1em}
.steps{flex:1;min-width:13em}
@media(max-width:640px){svg,.steps+span{display:none}.steps a{width:100%}a,div>button:not(.quiet){flex:1}}
ul{margin:12px 0 0;padding:0;list-style:none}
li{display:flex;justify-content:space-between;gap:12px;white-space:nowrap;padding:6px 0;border-top:1px solid color-mix(in srgb,currentColor 15%,transparent)}
[role=status]{font-weight:600}`,
  )
  return made
}
