// Before the first paint: the theme and the language this device chose (kept by client/app/theme.ts and
// client/app/language.ts), so that no light page flashes at night and no page runs the wrong way.
try {
  const root = document.documentElement
  const theme = localStorage.getItem('lectern.theme')
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
  // The languages of protocol/texts/locales.ts.
  const known = { en: 'ltr', ar: 'rtl' }
  const wanted = [localStorage.getItem('lectern.language') ?? '', ...navigator.languages]
  const language = wanted.map(one => one.toLowerCase().split('-')[0]).find(one => one in known)
  if (language) {
    root.lang = language
    root.dir = known[language]
  }
} catch {
  // Storage is refused: the system's theme and English hold.
}
