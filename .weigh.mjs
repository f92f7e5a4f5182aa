import { build } from 'esbuild'; import { gzipSync } from 'node:zlib'
const r = await build({ stdin:{contents:"export * from '/work/wt-chat-sdk/sdks/chat/src/index.ts'",resolveDir:'/work/wt-chat-sdk'}, bundle:true, minify:true, write:false, format:'esm', target:'es2022', metafile:true})
console.log(r.outputFiles[0].contents.length, gzipSync(r.outputFiles[0].contents,{level:9}).length)
if (process.argv[2]) { for (const [k,v] of Object.entries(Object.values(r.metafile.outputs)[0].inputs)) console.log(v.bytesInOutput, k); console.log(r.outputFiles[0].text) }
