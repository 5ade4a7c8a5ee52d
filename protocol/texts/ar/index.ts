// The Arabic catalogue. A key that is missing is said in English; locales.test.ts holds each to the parameters of its
// English text. One term a thing: course مقرر, class حصة, homework واجب, survey استبيان, lesson درس, glossary مسرد, entry مدخل, quiz اختبار قصير, poll استطلاع, question سؤال,
// answer إجابة, reply رد, right answers (the key) مفتاح الإجابة, grade درجة, gradebook سجل الدرجات, result نتيجة,
// stage شاشة العرض, remote جهاز التحكم, agenda برنامج الحصة, host مضيف, staff طاقم التدريس, instructor معلم, assistant
// مساعد, learner متعلم, guest ضيف, administrator مسؤول, note ملاحظة, forum منتدى, topic موضوع, post منشور, vote صوت,
// chat دردشة, channel قناة, message رسالة, announcement إعلان, inbox الوارد, code رمز, access token رمز وصول,
// module وحدة, page صفحة, activity نشاط, draft مسودة, due date موعد التسليم, hand in تسليم, catch up تعويض, enrol تسجيل,
// sign in تسجيل الدخول, notification إشعار, mention إشارة, remove and delete حذف. Buttons take the verbal noun; a sentence
// speaks to one person.

import type { Catalogue } from '../text.ts'
import { door } from './door.ts'
import { inside } from './inside.ts'

export const ar = { ...door, ...inside } as const satisfies Catalogue
