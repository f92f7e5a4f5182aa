/** All of it stays inside: only fonts and colours come from the shop. Important ones outweigh what the page imposes on hosts. */
export const STYLE = `
:host{display:block!important;visibility:visible!important;opacity:1!important;color:inherit;font:inherit;container-type:inline-size}
:host(tapline-earn){display:inline-block!important;container-type:normal;min-height:1lh}
:host(tapline-cart){min-height:6em}
:host(tapline-member){min-height:2.8em}
:host([hidden]){display:none!important}
*{box-sizing:border-box;margin:0}
:host(:not(tapline-earn)) .body{display:grid;gap:.7em}
.row{display:flex;flex-wrap:wrap;align-items:center;gap:.7em}
.apart{justify-content:space-between}
.dim{opacity:.8}
button,.go{font:inherit;min-height:2.8em;padding:.4em 1em;border-radius:.7em;border:1px solid;background:none;color:inherit;cursor:pointer}
.link{border:0;text-decoration:underline;padding:.4em}
button:disabled{opacity:.8}
:focus-visible{outline:2px solid}
.live{position:absolute;width:1px;height:1px;clip-path:inset(50%)}
`
