type Operation = { operationId?: string; parameters?: ({ $ref: string } | { name: string; in: string })[] }

export function clientOperations(bundle: {
  paths: Record<string, Record<string, Operation> & { parameters?: Operation['parameters'] }>
}): string
