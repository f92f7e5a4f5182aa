// What only somebody needs who pays with bonuses.
export { payPart } from './pay-part.ts'
export { telegramPart } from './telegram-part.ts'

export const PAY_STYLE = `
.box{border:1px solid color-mix(in srgb,currentColor 22%,transparent);border-radius:.8em;padding:1em}
.col{display:grid;gap:.6em}
.side{display:grid;grid-template-columns:1fr auto;gap:1em;align-items:center}
.code{font-size:1.5em;font-weight:600;letter-spacing:.12em;font-variant-numeric:tabular-nums}
.go{display:inline-flex;align-items:center;text-decoration:none}
.main{background:var(--accent);border-color:var(--accent);color:var(--on);font-weight:600}
.main:hover{filter:brightness(1.08)}
figure{width:9em;min-height:10em;text-align:center;font-size:.85em}
svg{display:block;border-radius:.4em;width:100%}
input{font:inherit;color:inherit;accent-color:var(--accent)}
[type=range]{flex:1 1 9em;min-width:0;height:2.8em}
[type=text]{width:5em;min-height:2.8em;padding:.4em .6em;border:1px solid color-mix(in srgb,currentColor 55%,transparent);border-radius:.6em;background:none;text-align:end}
[aria-invalid=true]{outline:2px solid #c62828}
@container(max-width:24em){figure{display:none}.side{grid-template-columns:1fr}}
@media(hover:none){figure{display:none}.side{grid-template-columns:1fr}}
`
