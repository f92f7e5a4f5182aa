import type { BoardItem, BoardNote } from './board-news.ts'

/** Something that was changed on a board, as new as the exchange that brought it. */
export type BoardChange =
  /** `lostLabels`: labels of ours that were deleted or renamed, which takes them from every task. */
  | { kind: 'item'; exchange: number; item: BoardItem; lostLabels: readonly string[] }
  | { kind: 'note'; exchange: number; note: BoardNote }
  /** Somebody moved a task into a section, as a webhook told: a sync does not know who. */
  | { kind: 'moved'; sectionId: string; byUid: string }
  /** A task that comes round again was ticked off, as a webhook told. */
  | { kind: 'completed'; taskId: string; byUid: string }
