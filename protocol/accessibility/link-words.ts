// Words of links that say nothing of where they lead, by language. Whoever reads links one after the other, as readers of
// screens do, hears nothing but these.

/** Lower case, without marks and signs around them. */
const empty: { readonly [language: string]: readonly string[] } = {
  en: [
    ...['here', 'click here', 'click', 'click this', 'this', 'this link', 'link', 'the link', 'this page', 'this site'],
    ...['more', 'read more', 'learn more', 'see more', 'more info', 'more information', 'details', 'info'],
    ...[
      'download',
      'open',
      'see here',
      'go here',
      'read here',
      'look here',
      'continue',
      'go',
      'press here',
      'tap here',
    ],
  ],
  ar: [
    ...['هنا', 'اضغط هنا', 'انقر هنا', 'اضغط', 'انقر', 'من هنا', 'هذا', 'هذا الرابط', 'الرابط', 'رابط', 'هذه الصفحة'],
    ...['المزيد', 'اقرا المزيد', 'اعرف المزيد', 'للمزيد', 'تفاصيل', 'التفاصيل', 'تحميل', 'تنزيل', 'افتح', 'انظر هنا'],
  ],
  de: ['hier', 'hier klicken', 'klicken sie hier', 'klick hier', 'mehr', 'weiterlesen', 'mehr erfahren', 'dieser link'],
  es: ['aqui', 'haz clic aqui', 'haga clic aqui', 'clic aqui', 'mas', 'leer mas', 'ver mas', 'este enlace', 'enlace'],
  fr: ['ici', 'cliquez ici', 'cliquer ici', 'plus', 'lire la suite', 'en savoir plus', 'ce lien', 'lien', 'voir ici'],
  it: ['qui', 'clicca qui', 'cliccare qui', 'altro', 'leggi tutto', 'questo link'],
  nl: ['hier', 'klik hier', 'meer', 'lees meer', 'deze link'],
  pt: ['aqui', 'clique aqui', 'mais', 'leia mais', 'saiba mais', 'este link'],
  tr: ['burada', 'buraya', 'buraya tiklayin', 'tiklayin', 'daha fazla', 'devami'],
}

const all = new Set(Object.values(empty).flat())

/** As they are compared: lower case, accents and Arabic vowel marks off, one form of alif, no signs around. */
const bare = (words: string): string =>
  words
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u0640\u064b-\u0655\u0670]/g, '')
    .replace(/ı/g, 'i')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const address = /^(https?:\/\/|www\.|mailto:)\S+$/i

/** Whether these words of a link say nothing: none, a bare address, or one of the empty ones. */
export function saysNothing(words: string): boolean {
  const plain = words.trim()
  return plain === '' || address.test(plain) || bare(plain) === '' || all.has(bare(plain))
}
