import type { Product } from '../site.ts'

const SHAPES: Record<Product['picture']['shape'], string> = {
  mug: '<path d="M150 150h150v130a40 40 0 0 1-40 40h-70a40 40 0 0 1-40-40z"/><path d="M300 180h22a32 32 0 0 1 32 32v16a32 32 0 0 1-32 32h-22" fill="none" stroke-width="20" class="l"/>',
  candle:
    '<rect x="165" y="190" width="120" height="150" rx="14"/><path d="M225 190v-26" fill="none" stroke-width="6" class="l"/><path d="M225 108c22 26 22 46 0 58-22-12-22-32 0-58z" class="f"/>',
  plant:
    '<path d="M165 260h120l-16 90h-88z"/><path d="M225 260c-6-60-50-70-84-66 8 44 40 66 84 66zm0-20c0-70 46-92 88-96-2 56-34 92-88 96zm-4-40c-20-30-18-70 6-98 20 32 18 68-6 98z" class="g"/>',
  bag: '<path d="M145 180h160l16 170H129z"/><path d="M180 210v-52a45 45 0 0 1 90 0v52" fill="none" stroke-width="14" class="l"/>',
  lamp: '<path d="M170 110h110l40 110H130z" class="f"/><path d="M218 220h14v110h-14z"/><path d="M165 330h120v18H165z"/>',
  vase: '<path d="M195 110h60c-6 50 58 90 58 160 0 48-34 80-88 80s-88-32-88-80c0-70 64-110 58-160z"/>',
}

/** A still life of one thing, drawn in the colours of its hue. */
export function pictureOf({ shape, hue }: Product['picture']): string {
  const hsl = (saturation: number, lightness: number) => `hsl(${hue} ${saturation}% ${lightness}%)`
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 450 450"><defs>` +
    `<linearGradient id="a" x2="0" y2="1"><stop stop-color="${hsl(28, 95)}"/><stop offset="1" stop-color="${hsl(26, 86)}"/></linearGradient>` +
    `<linearGradient id="b" x2="1" y2="1"><stop stop-color="${hsl(30, 66)}"/><stop offset="1" stop-color="${hsl(34, 46)}"/></linearGradient></defs>` +
    `<rect width="450" height="450" fill="url(#a)"/><path d="M0 350h450v100H0z" fill="${hsl(24, 80)}"/>` +
    `<ellipse cx="225" cy="352" rx="120" ry="14" fill="${hsl(26, 68)}"/>` +
    `<g fill="url(#b)" stroke="none">${SHAPES[shape]
      .replaceAll('class="l"', `stroke="${hsl(34, 46)}"`)
      .replaceAll('class="f"', 'fill="hsl(42 92% 72%)"')
      .replaceAll('class="g"', 'fill="hsl(128 28% 42%)"')}</g></svg>`
  )
}
