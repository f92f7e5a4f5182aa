import { toBuffer } from 'qrcode'

const WIDTH = 512

/** As a PNG, in base64. */
export async function drawQr(text: string): Promise<string> {
  return (await toBuffer(text, { type: 'png', width: WIDTH, margin: 2 })).toString('base64')
}
