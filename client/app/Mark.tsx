// The product's mark.
/** The product's mark: a lectern seen from the front. */
export function Mark() {
  return (
    <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="brand-ground" width="32" height="32" rx="7" />
      <path class="brand-figure" d="M6 9.5 16 12.5 26 9.5V13L16 16 6 13ZM14.6 17.5h2.8V24h-2.8ZM10 24h12v2.2H10Z" />
    </svg>
  )
}
