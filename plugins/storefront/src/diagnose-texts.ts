import type { ApiFindings } from './find-api.ts'

/** What is said to whoever builds the page, beside what is said of the API. `{}` is filled in. */
export const TEXTS: Record<ApiFindings['locale'], Record<Name, string>> = {
  ru: {
    products: 'Товары',
    cart: 'Корзина',
    form: 'Форма',
    shopper: 'Покупатель',
    spent: 'Бонусы в заказе',
    problems: 'Проблемы',
    noPrice: 'Не читается цена, элементов: {}. Пишите data-price="1990" или "1990.50".',
    noAmount:
      'Не читается сумма, корзин: {}. Пишите data-amount="1990" или "1990.50" либо вызовите tapline.cart({ amount: "1990.00" }).',
    noForm: '{} ничего не находит. Это селектор формы заказа, например #order.',
    withoutForm: 'формы вокруг нет',
    last: 'Что в последнее время отвечал API:{}\nО каждом коде рассказано на {url}/docs/problems.',
  },
  en: {
    products: 'Products',
    cart: 'Cart',
    form: 'Form',
    shopper: 'Shopper',
    spent: 'Bonuses in the order',
    problems: 'Problems',
    noPrice: 'Elements whose price cannot be read: {}. Write data-price="1990" or "1990.50".',
    noAmount:
      'Carts whose amount cannot be read: {}. Write data-amount="1990" or "1990.50", or call tapline.cart({ amount: "1990.00" }).',
    noForm: '{} finds nothing. It is a selector of the form that orders, such as #order.',
    withoutForm: 'no form around it',
    last: 'What the API has said of late:{}\nEach code is explained at {url}/docs/problems.',
  },
  kk: {
    products: 'Тауарлар',
    cart: 'Себет',
    form: 'Форма',
    shopper: 'Сатып алушы',
    spent: 'Тапсырыстағы бонус',
    problems: 'Қателер',
    noPrice: 'Бағасы оқылмайтын элементтер: {}. data-price="1990" немесе "1990.50" деп жазыңыз.',
    noAmount:
      'Сомасы оқылмайтын себеттер: {}. data-amount="1990" немесе "1990.50" деп жазыңыз не tapline.cart({ amount: "1990.00" }) шақырыңыз.',
    noForm: '{} ештеңе таппайды. Бұл тапсырыс формасының селекторы, мысалы #order.',
    withoutForm: 'айналасында форма жоқ',
    last: 'API-дің соңғы жауаптары:{}\nӘр код {url}/docs/problems бетінде түсіндірілген.',
  },
}

type Name =
  | ('products' | 'cart' | 'form' | 'shopper' | 'spent' | 'problems')
  | ('noPrice' | 'noAmount' | 'noForm' | 'withoutForm' | 'last')
