export type Good = {
  sku: string
  category: string
  /** In whole roubles. */
  price: number
  name: { ru: string; en: string }
  about: { ru: string; en: string }
  /** Two colours of its picture. */
  colours: [string, string]
  picture: string
}

/** What the shop sells: tea and what it takes. */
export const GOODS: readonly Good[] = [
  {
    sku: 'TEA-TIEGUANYIN',
    category: 'tea',
    price: 890,
    name: { ru: 'Те Гуань Инь', en: 'Tie Guan Yin' },
    about: { ru: 'Светлый улун, 100 г', en: 'A light oolong, 100 g' },
    colours: ['#dff3e4', '#2d6a4f'],
    picture: 'leaf',
  },
  {
    sku: 'TEA-PUER',
    category: 'tea',
    price: 1450,
    name: { ru: 'Шу пуэр 2016', en: 'Shu Puer 2016' },
    about: { ru: 'Прессованный блин, 357 г', en: 'A pressed cake, 357 g' },
    colours: ['#f3e3d3', '#7f4f24'],
    picture: 'cake',
  },
  {
    sku: 'CUP-CELADON',
    category: 'ware',
    price: 690,
    name: { ru: 'Пиала «Селадон»', en: 'Celadon cup' },
    about: { ru: 'Фарфор, 80 мл', en: 'Porcelain, 80 ml' },
    colours: ['#d8eef2', '#2a6f7f'],
    picture: 'cup',
  },
  {
    sku: 'POT-YIXING',
    category: 'ware',
    price: 4900,
    name: { ru: 'Чайник из Исина', en: 'Yixing teapot' },
    about: { ru: 'Глина, ручная работа, 200 мл', en: 'Clay, made by hand, 200 ml' },
    colours: ['#f6ddd6', '#8c3b2a'],
    picture: 'pot',
  },
  {
    sku: 'TRAY-BAMBOO',
    category: 'ware',
    price: 2300,
    name: { ru: 'Чабань из бамбука', en: 'Bamboo tea tray' },
    about: { ru: 'Со сливом, 35 × 20 см', en: 'With a drain, 35 × 20 cm' },
    colours: ['#f4ecd2', '#8a6d1d'],
    picture: 'tray',
  },
  {
    sku: 'TEA-MATCHA',
    category: 'tea',
    price: 1190,
    name: { ru: 'Матча', en: 'Matcha' },
    about: { ru: 'Церемониальная, 40 г', en: 'Ceremonial, 40 g' },
    colours: ['#e4f2c9', '#55711f'],
    picture: 'bowl',
  },
]
