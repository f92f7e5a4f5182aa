/** What is said to whoever builds the page. `{url}` is that of the API, `{origin}` the page's. */
export const API_TEXTS = {
  ru: {
    api: 'API',
    key: 'Ключ',
    origin: 'Адрес страницы',
    spending: 'Списание',
    telegram: 'Telegram',
    unreachable:
      'Откройте {url}/readyz в этом же браузере. Если там есть ответ, запрос запрещает страница или расширение: разрешите {url} в connect-src политики Content-Security-Policy и в блокировщике рекламы. Если ответа нет, проверьте data-url или напишите тому, у кого работает ваш Tapline. Магазин при этом продаёт как обычно.',
    stranger:
      'По адресу {url} отвечает не Tapline. В data-url нужен только адрес вашего Tapline, например https://bonus.example.com.',
    noKey: 'Впишите data-key="pk_…" в тег скрипта: это публичный ключ вашего проекта.',
    secretKey:
      'Это секретный ключ, и его видит каждый, кто открыл страницу. Уберите его отсюда, замените в проекте и впишите публичный, pk_….',
    wrongKey:
      'Такого ключа нет. Скопируйте целиком публичный ключ, pk_…, того проекта, чей API работает по адресу {url}.',
    addOrigin:
      'Добавьте ровно "{origin}" в allowedOrigins настроек чата: прочитайте их (GET {url}/v1/chat-settings) и запишите с этим адресом (PUT туда же), с секретным ключом.',
    noOrigin:
      'У страницы, открытой как файл или в закрытом фрейме, нет адреса, и разрешить её нельзя. Откройте её по http:// или https://.',
    noSpending:
      'Бонусы только начисляются. Чтобы ими платили, в настройках страницы нужно "spending": "reservations" (GET, затем PUT {url}/v1/page-settings).',
    noBot:
      'Бот не подключён, и подтвердить списание негде. Создайте бота у @BotFather и передайте его токен: PUT {url}/v1/integrations/telegram { "token": "…" }.',
  },
  en: {
    api: 'API',
    key: 'Key',
    origin: 'Origin of the page',
    spending: 'Spending',
    telegram: 'Telegram',
    unreachable:
      'Open {url}/readyz in this browser. If there is an answer, the page or an extension forbids the request: allow {url} in connect-src of the Content-Security-Policy and in the ad blocker. If there is none, check data-url, or tell whoever runs your Tapline. The shop sells as usual meanwhile.',
    stranger:
      'Something else than Tapline answers at {url}. data-url has to be the address of your Tapline alone, such as https://bonus.example.com.',
    noKey: 'Write data-key="pk_…" into the tag of the script: the publishable key of your project.',
    secretKey:
      'This is a secret key, and whoever opens the page can read it. Take it out, replace it in the project, and write the publishable one, pk_….',
    wrongKey:
      'There is no such key. Copy the whole publishable key, pk_…, of the project whose API is at {url}.',
    addOrigin:
      'Add exactly "{origin}" to allowedOrigins of the chat settings: read them (GET {url}/v1/chat-settings) and write them with it (PUT, the same address), with your secret key.',
    noOrigin:
      'A page that was opened as a file or in a sandboxed frame has no origin, and cannot be allowed. Open it by http:// or https://.',
    noSpending:
      'Bonuses are only earned. To let them pay, the page settings need "spending": "reservations" (GET, then PUT {url}/v1/page-settings).',
    noBot:
      'No bot is connected, and nobody can confirm a spending. @BotFather makes one; hand over its token: PUT {url}/v1/integrations/telegram { "token": "…" }.',
  },
  kk: {
    api: 'API',
    key: 'Кілт',
    origin: 'Бет мекенжайы',
    spending: 'Жұмсау',
    telegram: 'Telegram',
    unreachable:
      '{url}/readyz мекенжайын осы браузерде ашыңыз. Жауап болса, сұрауға бет немесе кеңейтім тыйым салып тұр: {url} мекенжайына Content-Security-Policy саясатының connect-src бөлімінде және жарнама бұғаттағышта рұқсат беріңіз. Жауап болмаса, data-url мәнін тексеріңіз немесе Tapline-ды жүргізетін адамға жазыңыз. Дүкен бұл кезде әдеттегідей сата береді.',
    stranger:
      '{url} мекенжайында Tapline емес, басқа сервер жауап береді. data-url мәні тек сіздің Tapline мекенжайыңыз болуы керек, мысалы https://bonus.example.com.',
    noKey: 'Скрипт тегіне data-key="pk_…" жазыңыз: бұл жобаңыздың жария кілті.',
    secretKey:
      'Бұл құпия кілт, оны бетті ашқан кез келген адам көреді. Оны осы жерден алып тастап, жобада ауыстырыңыз да, жария кілтті, pk_…, жазыңыз.',
    wrongKey:
      'Мұндай кілт жоқ. API-і {url} мекенжайында жұмыс істейтін жобаның жария кілтін, pk_…, толық көшіріңіз.',
    addOrigin:
      'Чат баптауларындағы allowedOrigins тізіміне дәл "{origin}" мекенжайын қосыңыз: баптауларды оқып (GET {url}/v1/chat-settings), осы мекенжаймен қайта жазыңыз (PUT, сол мекенжай), құпия кілтпен.',
    noOrigin:
      'Файл ретінде немесе жабық фреймде ашылған беттің мекенжайы жоқ, оған рұқсат беру мүмкін емес. Оны http:// немесе https:// арқылы ашыңыз.',
    noSpending:
      'Бонус тек жиналады. Онымен төлеу үшін бет баптауларында "spending": "reservations" болуы керек (GET, содан кейін PUT {url}/v1/page-settings).',
    noBot:
      'Бот қосылмаған, жұмсауды растайтын жер жоқ. Ботты @BotFather арқылы жасап, токенін беріңіз: PUT {url}/v1/integrations/telegram { "token": "…" }.',
  },
}
