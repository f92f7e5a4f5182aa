/** All of it stays inside: only fonts and colours come from the shop. Important ones outweigh what the page imposes on hosts. */
export const STYLE = `
:host{display:block!important;visibility:visible!important;opacity:1!important;color:inherit;font:inherit;container-type:inline-size;--accent:var(--tapline-accent,var(--shop));--on:var(--tapline-on-accent,var(--shop-on))}
:host(tapline-earn){display:inline-block!important;container-type:normal;min-height:1lh}
:host(tapline-cart){min-height:6.5em}
:host(tapline-member){min-height:2.75em}
:host([hidden]){display:none!important}
*{box-sizing:border-box;margin:0}
.body{display:grid;gap:.75em;line-height:1.4}
tapline-earn .body,.plain{display:contents}
.box{border:1px solid color-mix(in srgb,currentColor 22%,transparent);border-radius:.75em;padding:1em}
.row{display:flex;flex-wrap:wrap;gap:.6em 1em;align-items:center}
.apart{justify-content:space-between}
.side{display:grid;grid-template-columns:1fr auto;gap:1em;align-items:center}
.col{display:grid;gap:.6em}
b,.earn{font-weight:600}
.dim{opacity:.78;font-size:.9em}
.code{font-size:1.5em;font-weight:600;letter-spacing:.12em;font-variant-numeric:tabular-nums}
figure{width:7.5em;min-height:9em;text-align:center;font-size:.9em}
svg{display:block;border-radius:.4em;width:100%}
button,.go{font:inherit;min-height:2.75em;padding:.5em 1.1em;border-radius:.6em;border:1px solid currentColor;background:none;color:inherit;cursor:pointer;text-decoration:none;display:inline-flex;align-items:center;justify-content:center}
.main{background:var(--accent);border-color:var(--accent);color:var(--on);font-weight:600}
.main:hover{filter:brightness(1.08)}
.link{border:0;text-decoration:underline;text-underline-offset:.2em;padding:.5em .25em}
button:disabled{opacity:.55;cursor:default}
:focus-visible{outline:2px solid currentColor;outline-offset:2px}
input{font:inherit;color:inherit;accent-color:var(--accent)}
[type=range]{flex:1 1 9em;min-width:0;height:2.75em}
[type=text]{width:6em;min-height:2.75em;padding:.4em .6em;border:1px solid currentColor;border-radius:.6em;background:none;text-align:end}
[aria-invalid=true]{outline:2px solid #c62828}
.live{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@container(max-width:24em){figure{display:none}.side{grid-template-columns:1fr}}
@media(hover:none){figure{display:none}.side{grid-template-columns:1fr}}
`
