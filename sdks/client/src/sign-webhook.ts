type Signing = { id: string; timestamp: Date; body: string; secrets: readonly string[] }

/** Until @tapline/signing has it for every runtime. */
export async function signWebhook({
  id,
  timestamp,
  body,
  secrets,
}: Signing): Promise<Record<string, string>> {
  const seconds = Math.floor(timestamp.getTime() / 1_000)
  const message = new TextEncoder().encode(`${id}.${seconds}.${body}`)
  const signatures = await Promise.all(
    secrets.map(async (secret) => {
      const bytes = Uint8Array.from(atob(secret.replace(/^whsec_/, '')), (char) => char.charCodeAt(0))
      const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, [
        'sign',
      ])
      const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, message))
      return `v1,${btoa(String.fromCharCode(...mac))}`
    }),
  )
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  }
}
