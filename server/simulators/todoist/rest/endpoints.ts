import { sync } from '../sync/sync.ts'
import { userView } from '../users.ts'
import { endpoint, type Endpoint } from './endpoint.ts'

/** All calls under `/api/v1`; where two fit, the first one does. */
export const ENDPOINTS: Endpoint[] = [
  endpoint('POST', 'sync', ({ todoist, token, args }) => sync(todoist, token, args), [
    'data:read',
    'data:read_write',
    'task:add',
    'data:delete',
  ]),
  endpoint('GET', 'user', ({ actor }) => userView(actor)),
]
