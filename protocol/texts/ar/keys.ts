// Words of the keyboard shortcuts and their sheet.
export const keys = {
  title: 'اختصارات لوحة المفاتيح',
  sheet: 'عرض هذه الاختصارات',
  everywhere: 'في كل مكان',
  goTo: 'الانتقال إلى {page}',
  or: 'أو',
  next: 'ثم',
  ctrl: 'Ctrl',
  space: 'المسافة',
  single: 'اختصارات المفتاح الواحد',
  singleHint: 'أوقفها إن كنت تتحدث إلى جهازك أو تضغط المفاتيح من غير قصد. يبقى Ctrl وCommand يعملان.',
  remote: 'في جهاز التحكم',
  nextAct: 'تنفيذ الخطوة التالية',
  answering: 'عند الإجابة',
  choose: 'اختيار {letter}',
} as const
