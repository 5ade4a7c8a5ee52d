// كلمات إعداد المقرر: سجل تغييراته، والأفعال على كثير مما فيه.

export const courseSetup = {
  log: 'سجل التغييرات',
  logLead: 'من غيّر ماذا في هذا المقرر، الأحدث أولًا.',
  logWhat: 'ماذا',
  logAnything: 'أي شيء',
  logWho: 'من',
  logAnybody: 'أي شخص',
  logFrom: 'من',
  logTo: 'حتى',
  logCsv: 'حفظ بصيغة CSV',
  logMore: 'عرض المزيد',
  logFailed: 'تعذّر تحميل سجل التغييرات',
  logEmpty: 'لم يتغير شيء بعد',
  logEmptyLead: 'يظهر هنا ما يُضاف أو يُنشر أو يُنقل أو تُعاد تسميته أو يُزال في هذا المقرر.',
  logNoMatch: 'لا شيء يطابق',
  logNoMatchLead: 'اختر مدة أطول، أو شخصًا آخر أو نوعًا آخر.',
} as const
