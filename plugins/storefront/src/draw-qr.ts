/**
 * An address as a picture, for the camera of another device; undefined where the part of the script that draws it could
 * not be loaded. Only whoever wants a picture pays for it.
 */
export async function drawQr(text: string): Promise<SVGSVGElement | undefined> {
  try {
    return (await import('./qr-picture.ts')).qrPicture(text)
  } catch {
    return undefined
  }
}
