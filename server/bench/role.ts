// The product's own entrance, as `npm start` runs it; it ends with the bench that forked it.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))

await import('../src/main.ts')

export {}
