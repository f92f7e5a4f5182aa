/** What is said beside the bubble; colours and the rest are those of `bubbleLook`. */
export const greetingLook = `
.hello{position:fixed;bottom:calc(74px + var(--tapline-bubble-bottom,20px) + env(safe-area-inset-bottom));right:calc(20px + env(safe-area-inset-right));width:max-content;max-width:min(296px,calc(100vw - 40px));font:400 15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;letter-spacing:normal;-webkit-font-smoothing:antialiased;background:var(--s);color:var(--t);border:1px solid var(--l);border-radius:18px 18px 6px 18px;box-shadow:var(--sh);display:var(--tapline-bubble,flex);align-items:start;animation:rise .28s cubic-bezier(.2,.8,.3,1)}
:host([side=left]) .hello{right:auto;left:calc(20px + env(safe-area-inset-left));border-radius:18px 18px 18px 6px}
.hello button{all:unset;box-sizing:border-box;cursor:pointer;border-radius:16px}
.hello .say{padding:13px 4px 13px 16px;overflow-wrap:anywhere;max-height:60vh;overflow:auto}
.hello .shut{flex:none;width:32px;height:32px;margin:6px 6px 0 0;display:grid;place-items:center;color:var(--m)}.hello .shut .icon{width:16px;height:16px}
.hello button:focus-visible{outline:2px solid var(--x);outline-offset:-2px;box-shadow:none}
@keyframes rise{from{opacity:0;transform:translateY(8px)}}
@media (forced-colors:active){.hello{border:2px solid ButtonText}}
`
