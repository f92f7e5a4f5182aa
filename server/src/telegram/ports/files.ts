/** A file of a conversation; undefined once it was taken back. */
export type FetchFile = (
  projectId: string,
  attachmentId: string,
) => Promise<
  | {
      name: string
      type: string
      size: number
      /** For whoever it is too large to send to; good for an hour. */
      url: string
      open: () => Promise<AsyncIterable<Uint8Array> | undefined>
    }
  | undefined
>
