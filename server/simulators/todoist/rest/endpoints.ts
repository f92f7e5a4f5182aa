import { sync } from '../sync/sync.ts'
import { userView } from '../users.ts'
import { COMMENTS } from './comments.ts'
import { endpoint, type Endpoint } from './endpoint.ts'
import { LABELS } from './labels.ts'
import { PROJECTS } from './projects.ts'
import { SECTIONS } from './sections.ts'
import { TASKS } from './tasks.ts'
import { UPLOADS } from './uploads.ts'

/** All calls under `/api/v1`; where two fit, the first one does. */
export const ENDPOINTS: Endpoint[] = [
  endpoint('POST', 'sync', ({ todoist, token, args }) => sync(todoist, token, args), [
    'data:read',
    'data:read_write',
    'task:add',
    'data:delete',
  ]),
  endpoint('GET', 'user', ({ actor }) => userView(actor)),
  ...TASKS,
  ...COMMENTS,
  ...SECTIONS,
  ...LABELS,
  ...PROJECTS,
  ...UPLOADS,
]
