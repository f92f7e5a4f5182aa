import type { Request, RequestHandler, Response } from 'express'

type Operation = {
  operationId: string
  method: string
  expressPath: string
  schemes: readonly string[]
  body: 'required' | 'optional' | 'none'
}

/**
 * Sends one empty request of each operation through the validator. It reads the contract and compiles its schemas at
 * the first request only: so what it cannot read stops the start, and no caller waits for a compilation.
 */
export async function warmValidator(
  middlewares: RequestHandler[],
  operations: readonly Operation[],
): Promise<void> {
  for (const { operationId, method, expressPath, schemes, body } of operations) {
    const path = expressPath.replace(/:\w+/g, 'x')
    const response = {
      locals: { scheme: schemes[0] },
      json: () => response,
      set: () => response,
    } as unknown as Response
    const request = {
      method: method.toUpperCase(),
      url: path,
      originalUrl: path,
      path,
      baseUrl: '',
      headers: {
        authorization: 'Bearer x',
        ...(body === 'none' ? {} : { 'content-type': 'application/json' }),
      },
      query: {},
      body: {},
      app: { param: () => undefined, enabled: () => false },
      res: response,
    } as unknown as Request
    for (const middleware of middlewares) {
      const error = await new Promise<unknown>(
        (resolve) => void middleware(request, response, resolve as () => void),
      ).catch((thrown: unknown) => thrown)
      if (error === undefined) continue
      const { status } = error as { status?: number }
      // It found the request wanting, so it can judge.
      if (status !== undefined && status >= 400 && status < 500 && status !== 404) break
      throw new Error(
        `The contract cannot be served: ${operationId} (${method.toUpperCase()} ${expressPath})`,
        { cause: error },
      )
    }
  }
}
