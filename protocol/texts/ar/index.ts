// The Arabic catalogue. A key that is missing is said in English; locales.test.ts holds each to the parameters of its
// English text. One term a thing: course مقرر, class حصة, homework واجب, survey استبيان, lesson درس, glossary مسرد, entry مدخل, quiz اختبار قصير, poll استطلاع, question سؤال,
// answer إجابة, reply رد, right answers (the key) مفتاح الإجابة, grade درجة, gradebook سجل الدرجات, result نتيجة,
// stage شاشة العرض, remote جهاز التحكم, agenda برنامج الحصة, host مضيف, staff طاقم التدريس, instructor معلم, assistant
// مساعد, learner متعلم, guest ضيف, administrator مسؤول, note ملاحظة, forum منتدى, topic موضوع, post منشور, vote صوت,
// chat دردشة, channel قناة, message رسالة, announcement إعلان, inbox الوارد, code رمز, access token رمز وصول,
// module وحدة, page صفحة, activity نشاط, draft مسودة, due date موعد التسليم, hand in تسليم, catch up تعويض, enrol تسجيل,
// sign in تسجيل الدخول, notification إشعار, mention إشارة, remove and delete حذف. Buttons take the verbal noun; a sentence
// speaks to one person.

import { openings } from '#protocol/texts/ar/openings.ts'
import { organisation } from '#protocol/texts/ar/organisation.ts'
import type { Catalogue } from '#protocol/texts/text.ts'
import { access } from './access.ts'
import { accessibility } from './accessibility.ts'
import { accounts } from './accounts.ts'
import { activities } from './activities.ts'
import { app } from './app.ts'
import { archives } from './archives.ts'
import { assignments } from './assignments.ts'
import { attempts } from './attempts.ts'
import { attendance } from './attendance.ts'
import { audit } from './audit.ts'
import { calendar } from './calendar.ts'
import { channels } from './channels.ts'
import { check } from './check.ts'
import { cohorts } from './cohorts.ts'
import { conditions } from './conditions.ts'
import { consent } from './consent.ts'
import { content } from './content.ts'
import { copy } from './copy.ts'
import { courses } from './courses.ts'
import { factors } from './factors.ts'
import { files } from './files.ts'
import { forum } from './forum.ts'
import { glossaries } from './glossaries.ts'
import { grades } from './grades.ts'
import { grading } from './grading.ts'
import { groups } from './groups.ts'
import { imports } from './imports.ts'
import { keys } from './keys.ts'
import { lessons } from './lessons.ts'
import { links } from './links.ts'
import { live } from './live.ts'
import { mail } from './mail.ts'
import { meetings } from './meetings.ts'
import { notes } from './notes.ts'
import { notifications } from './notifications.ts'
import { observers } from './observers.ts'
import { overview } from './overview.ts'
import { packages } from './packages.ts'
import { palette } from './palette.ts'
import { participation } from './participation.ts'
import { people } from './people.ts'
import { preview } from './preview.ts'
import { privacy } from './privacy.ts'
import { problems } from './problems.ts'
import { progress } from './progress.ts'
import { providers } from './providers.ts'
import { questions } from './questions.ts'
import { search } from './search.ts'
import { surveys } from './surveys.ts'
import { today } from './today.ts'
import { tokens } from './tokens.ts'
import { ui } from './ui.ts'
import { webhooks } from './webhooks.ts'

export const ar = {
  access,
  accessibility,
  accounts,
  activities,
  app,
  archives,
  assignments,
  attempts,
  attendance,
  audit,
  calendar,
  channels,
  check,
  conditions,
  consent,
  content,
  links,
  cohorts,
  copy,
  courses,
  factors,
  files,
  forum,
  glossaries,
  grades,
  grading,
  groups,
  imports,
  keys,
  live,
  meetings,
  mail,
  notes,
  notifications,
  observers,
  openings,
  organisation,
  overview,
  packages,
  palette,
  participation,
  people,
  preview,
  privacy,
  problems,
  progress,
  providers,
  questions,
  search,
  lessons,
  surveys,
  today,
  tokens,
  ui,
  webhooks,
} as const satisfies Catalogue
