import { build } from 'esbuild'; import { gzipSync } from 'node:zlib'
const r = await build({ stdin:{contents:"export * from '/work/wt-chat-sdk/sdks/chat/src/index.ts'",resolveDir:'/work/wt-chat-sdk'}, bundle:true, minify:true, write:false, format:'esm', target:'es2022'})
const t=r.outputFiles[0].text; const g=x=>gzipSync(x,{level:9}).length; const full=g(t)
// cost of every chunk of ~160 chars
const parts=t.split(/(?<=[;}])(?=(?:async )?function |var |return\{|class )/)
for (const p of parts) { const c=full-g(t.replace(p,'')); console.log(c, p.length, p.slice(0,90).replace(/\n/g,' ')) }
