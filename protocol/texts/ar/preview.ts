// كلمات المعاينة: المقرر كما يراه شخص آخر.
import type { Texts } from '#protocol/texts/en/index.ts'

export const preview = {
  somebody: 'شخص ما',
  open: 'عرض بصفة…',
  change: 'تغيير',
  title: 'عرض المقرر بصفة شخص آخر',
  lead: 'يظهر ما هو مقفل أو مخفي أو للطاقم وحده كما يظهر لهم. لا يُسجَّل شيء مما تفعله خلال ذلك.',
  role: 'الدور',
  section: 'الشعبة',
  noSection: 'خارج أي شعبة',
  inSet: 'المجموعة في {set}',
  noGroup: 'خارج أي مجموعة',
  start: 'عرض',
  failed: 'تعذّر تحميل الصفات المتاحة للعرض',
  bar: 'معاينة',
  seenAs: 'ترى {course} بصفة: {who}.',
  nothingKept: 'لا يُسجَّل شيء.',
  end: 'إنهاء المعاينة',
  keys: 'المعاينة',
  noStorage: 'هذا المتصفح لا يحفظ شيئًا لهذه الصفحة، فلا يمكن بدء المعاينة.',
} satisfies Partial<Record<keyof Texts['preview'], unknown>>
