/** What is used of `fetch`. */
type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** How much of a file has gone, from 0 to 1. */
export type OnProgress = (file: Blob, share: number) => void

/** `fetch`, but what sends a file tells how far it is: only XMLHttpRequest knows. */
export function fetchWithProgress(onProgress: OnProgress): Fetch {
  return (url, init) =>
    init.body instanceof Blob
      ? upload(url, init, init.body, onProgress)
      : fetch(url, { credentials: 'omit', ...init })
}

function upload(
  url: string,
  { method, headers }: RequestInit,
  file: Blob,
  onProgress: OnProgress,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method ?? 'PUT', url)
    for (const [name, value] of new Headers(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total }) => onProgress(file, total > 0 ? loaded / total : 0)
    request.onload = () => resolve(new Response(null, { status: request.status }))
    request.onerror = () => reject(new TypeError('The upload broke off.'))
    request.send(file)
  })
}
