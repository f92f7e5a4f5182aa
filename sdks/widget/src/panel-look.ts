/** Everything is drawn with what the bubble's sheet defines: surface, fill, line, text, muted text, accent as text, shadow. */
export const panelLook = `
.panel{position:fixed;right:calc(20px + env(safe-area-inset-right));bottom:calc(74px + var(--tapline-bubble-bottom,20px) + env(safe-area-inset-bottom));width:392px;height:min(680px,calc(100vh - 94px - var(--tapline-bubble-bottom,20px)));height:min(680px,calc(100dvh - 94px - var(--tapline-bubble-bottom,20px)));display:flex;flex-direction:column;overflow:hidden;background:var(--s);color:var(--t);border:1px solid var(--l);border-radius:22px;box-shadow:var(--sh);font:400 15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;text-align:start;container-type:size;--bad:#b3261e;transform-origin:100% 100%;animation:open .22s cubic-bezier(.2,.8,.3,1)}
:host([theme=dark]) .panel{--bad:#ffb4ab}
:host([side=left]) .panel{right:auto;left:calc(20px + env(safe-area-inset-left));transform-origin:0 100%}
@keyframes open{from{opacity:0;transform:translateY(10px) scale(.98)}}
.panel:focus,.telegram:focus{outline:none}
.panel :not(.telegram):focus-visible,.panel input:focus-visible+.knob{outline:2px solid var(--x);outline-offset:2px;box-shadow:none}
.panel button,.panel input,.panel textarea{font:inherit;color:inherit;letter-spacing:normal;margin:0}
.panel button{background:none;border:0;padding:0;cursor:pointer;-webkit-tap-highlight-color:transparent}
.panel h2,.panel h3,.panel p,.panel ul,.panel fieldset,.panel legend{margin:0;padding:0;border:0}
.panel a{color:var(--x);text-underline-offset:2px;text-decoration-thickness:1px}
.unseen{position:absolute!important;width:1px!important;height:1px!important;overflow:hidden!important;clip-path:inset(50%)!important;white-space:nowrap!important;margin:0!important}
.soft{color:var(--m)}
.tool{flex:none;width:40px;height:40px;border-radius:12px;display:grid;place-items:center;color:var(--m)!important;transition:background .15s}
.tool:hover{background:var(--f);color:var(--t)!important}
.tool .icon{width:22px;height:22px}
.head{flex:none;border-bottom:1px solid var(--l);background:var(--s)}
.bar{display:flex;align-items:center;gap:4px;padding:14px 10px 14px 18px}
.names{flex:1;min-width:0;padding-left:8px}
.head h2{font-weight:650;font-size:16px;line-height:1.3;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.state:not(span){color:var(--m);font-size:13px;line-height:1.35}
.head .state:empty{display:none}
.head .state.on::before{content:"";display:inline-block;width:8px;height:8px;border-radius:50%;background:#17a34a;margin-right:6px}
.head .state.off{color:var(--bad)}
.faces{display:flex}
.faces span{width:40px;height:40px;border-radius:14px;display:grid;place-items:center;background:var(--accent);color:var(--on-accent);font-weight:650;font-size:16px}
.faces span+span{margin-left:-14px;box-shadow:0 0 0 2px var(--s)}
.tabs{display:flex;gap:4px;margin:0 18px 12px;padding:3px;background:var(--f);border-radius:12px}
.tabs button{flex:1;min-height:34px;border-radius:9px;font-weight:550;font-size:14px;color:var(--m)}
.tabs button[aria-selected=true]{background:var(--s);color:var(--t);box-shadow:0 1px 3px #10182824}
.body{flex:1;min-height:0;display:flex;flex-direction:column}
.view{flex:1;min-height:0;display:flex;flex-direction:column;position:relative}
.talk{flex:1;min-height:0;display:flex;flex-direction:column;position:relative}
.log{flex:1;min-height:0;overflow-y:auto;overscroll-behavior:contain;padding:18px 18px 8px;display:flex;flex-direction:column;scrollbar-width:thin;scrollbar-color:var(--l) transparent}
.panel .log:focus-visible,.panel .bonuses:focus-visible{outline-offset:-3px}
.welcome{padding:4px 2px 14px;color:var(--m)}
.welcome .big{font-size:22px;line-height:1.25;font-weight:650;letter-spacing:-.01em;color:var(--t);margin-bottom:4px;overflow-wrap:anywhere}
.day{align-self:center;margin:14px 0 10px;padding:2px 10px;border-radius:10px;background:var(--f);color:var(--m);font-size:12px}
.row{display:flex;flex-direction:column;max-width:84%;margin-top:12px;position:relative}
.row.joins{margin-top:3px}
.mine{align-self:flex-end;align-items:flex-end}.theirs{align-self:flex-start;align-items:flex-start}
.who,.typing,.consent label{overflow-wrap:anywhere;min-width:0}
.who{font-size:12px;color:var(--m);margin:0 0 3px 14px}
.said{border-radius:20px;overflow:hidden;max-width:100%;overflow-wrap:anywhere}
.theirs .said{background:var(--f);border-bottom-left-radius:6px}
.mine .said{background:var(--accent);color:var(--on-accent);border-bottom-right-radius:6px}
.theirs.joins .said{border-top-left-radius:6px}.mine.joins .said{border-top-right-radius:6px}
.said p{padding:9px 14px;white-space:pre-wrap}
.mine .said a{color:inherit}
.bare .said{background:none!important}.said .loud{font-size:40px;line-height:1.15;padding:2px 4px}
.gone{font-style:italic;opacity:.85}
.meta{display:flex;align-items:center;gap:4px;font-size:11.5px;color:var(--m);margin:3px 6px 0;min-height:16px}
.row:has(+.row.joins) .meta{display:none}
span.state{display:inline-flex}.state .icon{width:15px;height:15px;stroke-width:2}.state.read{color:var(--x)}
.reactions{align-self:flex-end;margin:-8px 8px 0;padding:1px 7px;border-radius:12px;background:var(--s);border:1px solid var(--l);font-size:13px;position:relative}
.file{display:flex;align-items:center;gap:10px;padding:11px 14px;text-decoration:none!important;color:inherit!important}
.file .icon{flex:none}.file span{overflow-wrap:anywhere;font-weight:550}.file small{display:block;font-weight:400;font-size:12px}
.file.picture{padding:0;display:block}.file img{display:block;max-width:100%;max-height:260px;min-width:80px;min-height:60px;object-fit:cover;background:var(--f)}
.upload{align-self:flex-end;display:flex;align-items:center;gap:10px;width:84%;margin-top:8px;padding:10px 14px;border-radius:16px;border:1px dashed var(--m);font-size:13px}
.upload div{flex:1;min-width:0;overflow-wrap:anywhere}.upload.failed{border-color:var(--bad);border-style:solid}
.panel progress{appearance:none;display:block;width:100%;height:6px;border:0;border-radius:3px;overflow:hidden;background:var(--l);margin-top:6px}
.panel progress::-webkit-progress-bar{background:var(--l)}.panel progress::-webkit-progress-value{background:var(--x);border-radius:3px}.panel progress::-moz-progress-bar{background:var(--x)}
.tiny{width:28px;height:28px;border-radius:8px;display:grid;place-items:center}.tiny .icon{width:16px;height:16px}
.typing{display:flex;align-items:center;gap:8px;margin-top:10px;font-size:13px;color:var(--m)}
.dots{display:flex;gap:3px;padding:9px 11px;background:var(--f);border-radius:14px}
.dots i{width:6px;height:6px;border-radius:50%;background:var(--m);animation:dot 1.2s infinite}.dots i:nth-child(2){animation-delay:.15s}.dots i:nth-child(3){animation-delay:.3s}
@keyframes dot{0%,60%,100%{opacity:.35}30%{opacity:1;transform:translateY(-2px)}}
.earlier{align-self:center;flex:none;min-height:30px;padding:0 12px!important;border-radius:15px;font-size:13px;color:var(--x)!important}
.down{position:absolute;right:18px;bottom:10px;width:36px;height:36px;border-radius:50%;background:var(--s)!important;border:1px solid var(--l)!important;box-shadow:var(--sh);display:grid;place-items:center}.down .icon{width:18px;height:18px}
.slot:not(:empty){flex:none;max-height:72%;overflow-y:auto;overscroll-behavior:contain;padding:4px 14px 8px;scrollbar-width:thin}
.panel .card{background:var(--f);border-radius:18px;padding:16px;display:flex;flex-direction:column;gap:10px;overflow-wrap:anywhere}
.card h3,.balance h3{font-size:15px;font-weight:650;line-height:1.3}
.card p{font-size:14px}
.field{display:flex;flex-direction:column;gap:3px}
.field label{font-size:13px;font-weight:550}
.panel input:not([type=checkbox],[type=radio],[type=file]),.card textarea{width:100%;min-height:42px;padding:9px 12px;border:1px solid var(--m);border-radius:12px;background:var(--s);font-size:16px}
.card textarea{resize:none}
.panel input[aria-invalid=true]{border-color:var(--bad)}
.problem,.trouble{color:var(--bad);font-size:13px}.problem:empty{display:none}
.buttons{display:flex;gap:8px}
.panel .main{display:flex;align-items:center;justify-content:center;gap:8px;flex:1;min-height:44px;padding:8px 18px;border-radius:13px;background:var(--accent);color:var(--on-accent);font-weight:600;text-decoration:none;text-align:center}
.panel .main:hover{box-shadow:0 2px 10px #1018283d}
.panel .quiet{min-height:44px;padding:8px 16px;border-radius:13px;font-weight:550;color:var(--x)}
.panel .quiet:hover{background:var(--l)}
.consent{flex:none;max-height:30%;overflow-y:auto;display:flex;align-items:flex-start;gap:9px;padding:6px 18px 10px;font-size:13px;color:var(--m)}
.consent input{flex:none;width:24px;height:24px;accent-color:var(--accent)}.consent label{padding-top:2px;flex:1}.consent a{padding-top:2px}
.composer{flex:none;position:relative;padding:8px 14px calc(14px + env(safe-area-inset-bottom))}
.trouble{padding:0 6px 8px}
.line{display:flex;align-items:flex-end;gap:2px;padding:4px;border:1px solid var(--m);border-radius:18px;background:var(--s);transition:border-color .15s,box-shadow .15s}
.line:focus-within{border-color:var(--x);box-shadow:0 0 0 1px var(--x)}
.line textarea{flex:1;min-width:0;height:40px;max-height:132px;padding:9px 4px;border:0;background:none;resize:none;font-size:16px;line-height:22px;overflow-y:auto;scrollbar-width:thin}
.panel .line textarea:focus-visible{outline:none}
.panel ::placeholder{color:var(--m);opacity:1}
.line textarea::placeholder{white-space:nowrap}
.line .tool{color:var(--m)!important}
.line .send{flex:none;width:40px;height:40px;border-radius:14px;display:grid;place-items:center;color:var(--m);transition:background .15s,color .15s}
.line .send.ready{background:var(--accent);color:var(--on-accent)}
.panel :disabled{opacity:.5;cursor:default}
.emoji{position:absolute;right:14px;bottom:calc(100% - 4px);display:grid;grid-template-columns:repeat(8,38px);padding:8px;background:var(--s);border:1px solid var(--l);border-radius:18px;box-shadow:var(--sh);max-width:calc(100% - 28px);max-height:calc(100cqh - 84px);overflow:auto}
.panel .emoji button{width:38px;height:38px;border-radius:10px;font-size:21px;line-height:38px}.panel .emoji button:hover{background:var(--f)}
.drop{position:absolute;inset:10px;display:grid;place-items:center;border:2px dashed var(--x);border-radius:18px;background:var(--s);color:var(--x);font-weight:600;opacity:.95;pointer-events:none}
.rating legend{font-weight:650;margin-bottom:8px}
.stars{display:flex;gap:4px}.star{width:44px;height:44px;display:grid;place-items:center;border-radius:12px;cursor:pointer;color:var(--m)}
.star .icon{width:30px;height:30px}.star.on .icon{fill:#f5a524;stroke:#b7791f}.star:has(:focus-visible){outline:2px solid var(--x)}
.thanks{text-align:center}
.bonuses,.settings{overflow-y:auto;overscroll-behavior:contain;padding:16px 16px calc(16px + env(safe-area-inset-bottom));gap:12px;scrollbar-width:thin}
.bonuses>*,.settings>*{flex:none}
.balance{padding:20px;border-radius:20px;background:var(--accent);color:var(--on-accent)}
.balance h3{font-weight:500}.balance .amount{font-size:42px;line-height:1.15;font-weight:700;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
.sides{display:flex;flex-wrap:wrap;gap:4px 16px;font-size:14px;margin-top:6px!important}
.soon{font-size:13px!important}.balance .soon{margin-top:8px!important;padding-top:8px!important;border-top:1px solid currentColor!important}
.tier h3{display:flex;justify-content:space-between;gap:8px}.tier .name{color:var(--x)}
.history ul{list-style:none;display:flex;flex-direction:column}
.history li{display:flex;justify-content:space-between;gap:12px;padding:9px 0;border-top:1px solid var(--l);font-size:14px}.history li:first-child{border:0;padding-top:0}.history li:last-child{padding-bottom:0}
.history small{display:block;color:var(--m);font-size:12.5px}.history b{font-weight:600;font-variant-numeric:tabular-nums;white-space:nowrap}.plus{color:#10703a}:host([theme=dark]) .plus{color:#6ee7a0}
.copy{display:flex;gap:4px;align-items:center}.copy .done{color:#10703a!important}
.link{display:flex;flex-direction:column;gap:10px}.code{font-size:14px}.code strong{font-size:18px;letter-spacing:.12em}
.qr{width:172px;height:172px;align-self:center;border-radius:14px;background:#fff;fill:#10161d;padding:4px}
.scan{text-align:center}.wait{text-align:center;font-size:14px}
.panel .option{display:flex;align-items:center;gap:14px;width:100%;min-height:54px;padding:8px 14px;border-radius:16px;background:var(--f);text-align:start;cursor:pointer;position:relative}
.panel .option:hover{background:var(--l)}.option span{flex:1}.option .icon{color:var(--x)}.option small{display:block}
.option input{position:absolute;opacity:0;width:44px;height:26px;right:14px;margin:0}
.knob{flex:none;width:44px;height:26px;border-radius:13px;background:var(--m);position:relative;transition:background .15s}
.knob::after{content:"";position:absolute;inset:3px auto 3px 3px;width:20px;border-radius:50%;background:var(--s);transition:transform .15s}
input:checked+.knob{background:var(--x)}input:checked+.knob::after{transform:translateX(18px)}
.bones{display:flex;flex-direction:column;gap:12px}.bones i{height:120px;border-radius:20px;background:var(--f);animation:bone 1.4s infinite}
@keyframes bone{50%{opacity:.55}}
@media (max-width:480px),(max-height:480px){.panel,:host([side=left]) .panel{inset:0;top:var(--top,0);bottom:auto;width:auto;height:var(--height,100dvh);border:0;border-radius:0;padding-top:env(safe-area-inset-top);padding-left:env(safe-area-inset-left);padding-right:env(safe-area-inset-right)}:host(:has(.panel:not([hidden]))) .bubble{display:none}.bubble:has(~.panel:not([hidden])){display:none}.emoji{left:14px;right:14px;grid-template-columns:repeat(8,1fr)}.panel .emoji button{width:auto}}
@container (max-height:480px){.emoji{max-height:calc(100cqh - 190px)}.bar{padding-top:8px;padding-bottom:8px}.tabs{margin-bottom:8px}.chat:has(.card){display:block;overflow-y:auto;overscroll-behavior:contain;scroll-padding-bottom:84px}.chat:has(.card) :is(.slot,.consent){max-height:none}.chat:has(.card) .talk{height:30cqh}.chat:has(.card) .composer{position:sticky;bottom:0;background:var(--s)}}
@media (prefers-reduced-motion:reduce){.panel *{animation:none!important;transition:none!important;scroll-behavior:auto!important}}
@media (forced-colors:active){.panel,.said,.card,.line,.knob,.balance,.faces span,.main,.send,progress{border:1px solid CanvasText!important}.panel .icon{color:inherit}.dots i,.knob::after,.head .state.on::before{background:CanvasText}input:checked+.knob{background:Highlight}input:checked+.knob::after{background:HighlightText}.panel progress{height:10px;forced-color-adjust:none;background:Canvas}.panel progress::-webkit-progress-bar{background:Canvas}.panel progress::-webkit-progress-value{background:Highlight}.panel progress::-moz-progress-bar{background:Highlight}.tabs [aria-selected=true]{outline:2px solid Highlight}.line .send.ready{border:2px solid Highlight!important}.line:has(textarea:focus){outline:2px solid Highlight}.star.on .icon{fill:Highlight;stroke:Highlight}.upload.failed{border-width:2px}}
`
