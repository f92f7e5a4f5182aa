/** The element takes no place in the page, whatever the page's own rules say of it. */
export const bubbleLook = `
:host{all:initial!important;position:fixed!important;inset:auto 0 0 auto!important;width:0!important;height:0!important;z-index:2147483000!important;display:block!important;color-scheme:light!important;--s:#fff;--f:#f3f5f8;--l:#dfe4ea;--t:#131a22;--m:#556170;--x:var(--on-light);--sh:0 1px 2px #10182814,0 12px 40px #10182829}
:host([theme=dark]){color-scheme:dark!important;--s:#171c24;--f:#262d38;--l:#38414e;--t:#eef1f5;--m:#a9b4c2;--x:var(--on-dark);--sh:0 1px 2px #0006,0 12px 40px #0009}
:host([hidden]){display:none!important}
*{box-sizing:border-box}
.bubble{all:unset;box-sizing:border-box;position:fixed;bottom:calc(var(--tapline-bubble-bottom,20px) + env(safe-area-inset-bottom));right:calc(20px + env(safe-area-inset-right));width:60px;height:60px;border-radius:50%;background:var(--accent);color:var(--on-accent);display:var(--tapline-bubble,grid);place-items:center;cursor:pointer;box-shadow:0 2px 6px #1018282e,0 8px 24px #10182833;transition:transform .18s cubic-bezier(.2,.8,.3,1);-webkit-tap-highlight-color:transparent}
:host([side=left]) .bubble{right:auto;left:calc(20px + env(safe-area-inset-left))}
.bubble:hover{transform:scale(1.05)}.bubble:active{transform:scale(.97)}
:focus-visible{outline:3px solid var(--s);outline-offset:0;box-shadow:0 0 0 6px var(--x)}
.icon{width:24px;height:24px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round;display:block}
.bubble .icon{width:28px;height:28px}
.badge{position:absolute;top:-3px;right:-3px;min-width:22px;height:22px;padding:0 6px;border-radius:11px;background:#d92d20;color:#fff;font:600 12px/22px system-ui,sans-serif;text-align:center;box-shadow:0 0 0 2px #fff}
[hidden]{display:none!important}
@media (prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}
@media (forced-colors:active){.bubble,.badge{border:2px solid ButtonText}:focus-visible{outline:3px solid Highlight}}
@media print{:host{display:none!important}}
`
