import type { ApiFindings } from '@tapline/storefront'

/** What is said to whoever builds the site, beside what is said of the API. `{url}` is that of the API. */
export const TEXTS: Record<ApiFindings['locale'], Record<Name, string>> = {
  ru: {
    earning: 'Начисление',
    cart: 'Корзина (ST100)',
    cartScript: 'Скрипт корзины',
    promo: 'Поле промокода',
    shopper: 'Покупатель',
    spent: 'Бонусы в заказе',
    known: 'подтверждён',
    noEarning: 'В программе начисляется 0 %: укажите basePercent (GET, затем PUT {url}/v1/program).',
    noCart: 'На этой странице нет корзины: добавьте блок ST100 и опубликуйте страницу.',
    noScript:
      'Скрипт корзины Tilda ещё не загрузился или заблокирован. Подождите, обновите страницу, отключите блокировщик и повторите.',
    noPromo:
      'Для своих промокодов корзине нужно поле: добавьте в форму корзины поле «Промокод» и опубликуйте страницу.',
  },
  en: {
    earning: 'Earning',
    cart: 'Cart (ST100)',
    cartScript: 'Script of the cart',
    promo: 'Field for promo codes',
    shopper: 'Shopper',
    spent: 'Bonuses in the order',
    known: 'proven',
    noEarning: 'The program gives 0 %: set basePercent (GET, then PUT {url}/v1/program).',
    noCart: 'There is no cart in this page: add the block ST100 and publish the page.',
    noScript:
      "Tilda's script of the cart has not come yet, or is blocked. Wait, reload the page, switch the ad blocker off, and try again.",
    noPromo:
      "The shop's own promo codes need their field: add “Promo code” to the form of the cart and publish the page.",
  },
  kk: {
    earning: 'Бонус жинау',
    cart: 'Себет (ST100)',
    cartScript: 'Себет скрипті',
    promo: 'Промокод өрісі',
    shopper: 'Сатып алушы',
    spent: 'Тапсырыстағы бонус',
    known: 'расталған',
    noEarning: 'Бағдарлама 0 % береді: basePercent мәнін қойыңыз (GET, содан кейін PUT {url}/v1/program).',
    noCart: 'Бұл бетте себет жоқ: ST100 блогын қосып, бетті жариялаңыз.',
    noScript:
      'Tilda себетінің скрипті әлі жүктелмеді немесе бұғатталған. Күтіңіз, бетті жаңартыңыз, жарнама бұғаттағышты өшіріп, қайталаңыз.',
    noPromo: 'Өз промокодтарыңызға өріс керек: себет формасына «Промокод» өрісін қосып, бетті жариялаңыз.',
  },
}

type Name =
  | ('earning' | 'cart' | 'cartScript' | 'promo' | 'shopper' | 'spent' | 'known')
  | ('noEarning' | 'noCart' | 'noScript' | 'noPromo')
