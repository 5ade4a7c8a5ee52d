// Who gets through which door: the table that matrix.test.ts holds the server to. A new binding or scope needs a row.

/** The columns of the table. The one from elsewhere has every right in another course. */
export const people = [
  'nobody',
  'suspended',
  'guest of another class',
  'instructor elsewhere',
  'was here once',
  'guest of this class',
  'learner',
  'assistant',
  'instructor',
] as const
export type Person = (typeof people)[number]

/** A letter for what a door answers. `y`: it opens, or refuses for a reason that has nothing to do with who asks. */
export const letters = { s: 'not-signed-in', f: 'not-found', a: 'not-allowed', y: 'y' } as const

/**
 * One row a binding: what each person of `people` hears, in order. `anyone`: open to all, guarded by a secret in the
 * input. `own`: about the caller alone; only those without an account are refused.
 */
export const expectations: Readonly<Record<string, string>> = {
  'accounts.me': 'anyone',
  'accounts.signIn': 'anyone',
  'accounts.signInDemo': 'anyone',
  'accounts.getInvitation': 'anyone',
  'accounts.acceptInvitation': 'anyone',
  'accounts.getSetup': 'anyone',
  'accounts.setup': 'anyone',
  'accounts.joinByInvitation': 'own',
  'accounts.signOut': 'own',
  'accounts.listDevices': 'own',
  'accounts.endDevice': 'own',
  'accounts.endOtherDevices': 'own',
  'accounts.changeProfile': 'own',
  'accounts.changePassword': 'own',
  'accounts.export': 'own',
  'accounts.invite': 's s f f f f a a y',
  'accounts.listInvitations': 's s f f f f a a y',
  'accounts.revokeInvitation': 's s f f f f a a y',
  'accounts.suspend': 's s a a a a a a a',
  'accounts.reactivate': 's s a a a a a a a',

  'courses.list': 'own',
  'courses.create': 's s a y y a y y y',
  'courses.join': 'own',
  'courses.get': 's s f f f f y y y',
  'courses.change': 's s f f f f a a y',
  'courses.createModule': 's s f f f f a y y',
  'courses.changeModule': 's s f f f f a y y',
  'courses.moveModule': 's s f f f f a y y',
  'courses.removeModule': 's s f f f f a y y',
  'courses.restoreModule': 's s f f f f a y y',
  'courses.moveItem': 's s f f f f a y y',
  'courses.publishItem': 's s f f f f a y y',
  'courses.hideItem': 's s f f f f a y y',
  'courses.removeItem': 's s f f f f a y y',
  'courses.restoreItem': 's s f f f f a y y',
  'courses.people': 's s f f f f a y y',
  'courses.enrol': 's s f f f f a a y',
  'courses.changeRole': 's s f f f f a a y',
  'courses.endEnrolment': 's s f f f f a a y',
  'courses.getJoinCode': 's s f f f f a a y',
  'courses.renewJoinCode': 's s f f f f a a y',
  'courses.switchOffJoinCode': 's s f f f f a a y',

  'content.createPage': 's s f f f f a y y',
  'content.getPage': 's s f f f f y y y',
  'content.changePage': 's s f f f f a y y',
  'content.removePage': 's s f f f f a y y',
  'content.restorePage': 's s f f f f a y y',

  'questions.list': 's s f f f f a y y',
  'questions.create': 's s f f f f a y y',
  'questions.change': 's s f f f f a y y',

  'activities.list': 's s f f f f a y y',
  'activities.create': 's s f f f f a y y',
  'activities.get': 's s f f f f a y y',
  'activities.change': 's s f f f f a y y',
  'activities.addItem': 's s f f f f a y y',
  'activities.changeItem': 's s f f f f a y y',
  'activities.moveItem': 's s f f f f a y y',
  'activities.removeItem': 's s f f f f a y y',
  'activities.responses': 's s f f f f a y y',
  // Those who know the keys do not answer.
  'activities.answer': 's s a a a y y a a',
  'activities.seat': 'own',

  'grades.table': 's s f f f f a y y',
  'grades.mine': 's s f f f f y y y',
  'grades.explain': 's s f f f f a y y',
  'grades.changeItem': 's s f f f f a y y',
  'grades.csv': 's s f f f f a y y',

  'channels.messages': 's s f f f y y y y',
  'channels.unread': 's s f f f y y y y',
  'channels.send': 's s f f f y y y y',
  'channels.edit': 's s f f f a a a y',
  'channels.remove': 's s f f f a a y y',
  'channels.markRead': 's s f f f y y y y',
  'channels.typing': 's s f f f y y y y',
  'channels.react': 's s f f f y y y y',
  'channels.versions': 's s f f f a a y y',
  'channels.reactions': 's s f f f y y y y',
  'channels.people': 's s f f f y y y y',
  'channels.list': 's s f f f f y y y',
  'channels.get': 's s f f f y y y y',
  'channels.start': 's s a a a a y y y',
  'channels.change': 's s f f f f a y y',
  'channels.leave': 's s f f f a a a a',
  'channels.mute': 's s f f f y y y y',
  'channels.contacts': 'own',
  'channels.blocks': 'own',
  'channels.block': 'own',
  'channels.unblock': 'own',

  'quizzes.assign': 's s f f f f a y y',
  'quizzes.unanswered': 's s f f f f a y y',
  'quizzes.get': 's s f f f f y y y',
  'quizzes.finish': 's s f f f f y a a',

  'live.look': 'anyone',
  // Whoever lost their place in the course after taking a seat is told so.
  'live.join': 's s f f a y y y y',
  'live.start': 's s f f f f a y y',
  'live.list': 's s f f f f y y y',
  'live.recap': 's s f f f y y y y',
  'live.report': 's s f f f a a y y',
  'live.reportCsv': 's s f f f a a y y',
  'live.roster': 's s f f f a a y y',
  'live.steer': 's s f f f a a y y',
  'live.putOnStage': 's s f f f a a y y',
  'live.addActivity': 's s f f f a a y y',
  'live.ask': 's s f f f a a y y',
  'live.end': 's s f f f a a y y',

  'today.list': 'own',
}

/** The same for subscribing to scopes. */
export const scopes: Readonly<Record<string, string>> = {
  user: 's s f f f f f f f',
  course: 's s f f f f y y y',
  'course-staff': 's s f f f f a y y',
  gradebook: 's s f f f f a y y',
  channel: 's s f f f y y y y',
  inbox: 's s f f f f f f f',
  run: 's s f f f y y y y',
  'run-hosts': 's s f f f a a y y',
}
