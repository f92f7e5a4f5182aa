/** What is used of `fetch`. */
type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** How much of a file has gone, from 0 to 1. */
export type OnProgress = (file: Blob, share: number) => void

const PATIENCE_MS = 30_000

/**
 * `fetch`, but what sends a file tells how far it is and can be broken off: only XMLHttpRequest knows the one, and only it
 * may take as long as it takes. Everything else is answered in time, or tried again.
 */
export function fetchWithProgress(onProgress: OnProgress): { fetch: Fetch; cancel(file: Blob): void } {
  const running = new Map<Blob, XMLHttpRequest>()

  function upload(url: string, { method, headers }: RequestInit, file: Blob): Promise<Response> {
    return new Promise<Response>((resolve, reject) => {
      const request = new XMLHttpRequest()
      const broke = (): void => reject(new TypeError('The upload broke off.'))
      running.set(file, request)
      request.open(method ?? 'PUT', url)
      for (const [name, value] of new Headers(headers)) request.setRequestHeader(name, value)
      request.upload.onprogress = ({ loaded, total }) => onProgress(file, total > 0 ? loaded / total : 0)
      request.onload = () => resolve(new Response(null, { status: request.status }))
      request.onerror = request.onabort = broke
      request.send(file)
    }).finally(() => running.delete(file))
  }

  return {
    fetch: (url, init) =>
      init.body instanceof Blob
        ? upload(url, init, init.body)
        : fetch(url, { credentials: 'omit', signal: AbortSignal.timeout(PATIENCE_MS), ...init }),
    cancel: (file) => running.get(file)?.abort(),
  }
}
