// Before the first paint: the theme this device chose (kept by client/app/theme.ts), so that no light page flashes at night.
try {
  const theme = localStorage.getItem('lectern.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage is refused: the system's theme holds.
}
