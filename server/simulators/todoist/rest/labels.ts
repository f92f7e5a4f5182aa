import * as acts from '../label-acts.ts'
import type { Label } from '../labels.ts'
import { endpoint } from './endpoint.ts'
import { results } from './page-of.ts'

const view = ({ id, name, color, order, is_favorite }: Label) => ({ id, name, color, order, is_favorite })

export const LABELS = [
  endpoint('GET', 'labels', (call) => results(call, call.todoist.labels.ofUser(call.actor.id).map(view))),
  endpoint('POST', 'labels', ({ todoist, actor, args }) => view(acts.addLabel(todoist, actor, args))),
  endpoint('GET', 'labels/:id', ({ todoist, actor }, id) => view(acts.labelFor(todoist, actor, id))),
  endpoint('POST', 'labels/:id', ({ todoist, actor, args }, id) =>
    view(acts.updateLabel(todoist, actor, id, args)),
  ),
  endpoint('DELETE', 'labels/:id', ({ todoist, actor }, id) => acts.deleteLabel(todoist, actor, id)),
]
