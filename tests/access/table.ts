import { type Role, roles } from './roles';

/**
 * Who may do what: every procedure for every role, each cell as it must be.
 *
 *   y  she may: it is done, or she reads it
 *   ·  not found: she may not know of it, or it is not for her; the same answer as for what does not exist
 *   r  refused: she sees the thing, and this is not hers to do
 *   s  sign in first: everybody may see that it is there
 *
 * Columns, in groups: nobody signed in, an account without a role; member, officer, secretary and delegate of the
 * base the thing belongs to; coordinator, writer and reader of the table it belongs to; the same roles elsewhere;
 * admin, forumSecretary, credentials, editor, liaison of the office asked, liaison of another.
 * What stands after «·» in a name tells the cases of one procedure apart.
 */
const table = `
                                                             a a   m o s d   c w r   m o s d   c w r   a f c e l l
                                                             n c   e f e e   o r e   e f e e   o r e   d s r d i 2
forum.face                                                 │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
forum.home                                                 │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y

people.checkCard                                           │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
people.enterWithCard                                       │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
people.signIn                                              │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
people.signOut                                             │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
people.me                                                  │ s y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
people.mySessions                                          │ s y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
people.endSession · her own                                │ · y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
people.endSession · another’s                              │ · · │ · · · · │ · · · │ · · · · │ · · · │ · · · · · ·
people.endOtherSessions                                    │ s y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
people.setLanguage                                         │ s y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
people.declareSex                                          │ s y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
people.changePassphrase                                    │ s y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
people.keyring                                             │ s y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
people.openKeyring                                         │ s y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
people.makeKeyring                                         │ s y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
people.writeKeyring                                        │ s y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
people.changeKeyring                                       │ s y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
people.askKeyringReset                                     │ s y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
people.cancelKeyringReset                                  │ s y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
people.tokens                                              │ s y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
people.roles                                               │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y y · · ·
people.appoint                                             │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · · · ·
people.confirmAppointment                                  │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y y · · ·
people.endRole · of the waiting one                        │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y r · · ·
people.endRole · her own                                   │ · · │ · · · · │ · · · │ · · · · │ · · · │ y y y y y y
people.personByNumber                                      │ · · │ · y y · │ y · · │ · y y · │ y · · │ · y y · · ·
people.enroll                                              │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · · · ·
people.reissueCard · a member’s                            │ · · │ · y y · │ · · · │ · · · · │ · · · │ · · · · · ·
people.reissueCard · a delegate’s                          │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · · · ·
people.reissueCard · without a base                        │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · · · ·
people.reissueCard · an editor’s                           │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · · · ·
people.setUpOpen                                           │ · · │ · · · · │ · · · │ · · · · │ · · · │ · · · · · ·
people.setUpOpen · of an empty forum                       │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
people.setUp                                               │ · · │ · · · · │ · · · │ · · · · │ · · · │ · · · · · ·
people.setUp · of an empty forum                           │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y

associations.found                                         │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · · · ·
associations.dissolve                                      │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r r r r
associations.enrollMember                                  │ s r │ r r y r │ r r r │ r r r r │ r r r │ r r r r r r
associations.enrollMember · in the free base               │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y y r r r
associations.addMember                                     │ s r │ r r y r │ r r r │ r r r r │ r r r │ r r r r r r
associations.leave · herself                               │ · · │ y y y y │ · · · │ · · · · │ · · · │ · · · · · ·
associations.leave · another                               │ · · │ r r y r │ · · · │ · · · · │ · · · │ · · · · · ·
associations.issueCards                                    │ s r │ r r y r │ r r r │ r r r r │ r r r │ r r r r r r
associations.issueCards · a delegate’s                     │ s r │ r r r r │ r r r │ r r r r │ r r r │ r r r r r r
associations.appointOfficer                                │ s r │ r r y r │ r r r │ r r r r │ r r r │ r r r r r r
associations.appointSecretary                              │ s r │ r r y r │ r r r │ r r r r │ r r r │ r r r r r r
associations.appointSecretary · the first of the free base │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r r r r
associations.endRole                                       │ · · │ r y y r │ · · · │ · · · · │ · · · │ · · · · · ·
associations.presentMandate                                │ s r │ r y y r │ r r r │ r r r r │ r r r │ r r r r r r
associations.withdrawMandate                               │ · · │ r y y y │ · · · │ · · · · │ · · · │ · r r · · ·
associations.accredit                                      │ · · │ r r r r │ · · · │ · · · · │ · · · │ · r y · · ·
associations.refuseMandate                                 │ · · │ r r r r │ · · · │ · · · · │ · · · │ · r y · · ·
associations.upload                                        │ s r │ r r y r │ r r r │ r r r r │ r r r │ r r r r r r
associations.importPadron                                  │ · · │ · · y · │ · · · │ · · · · │ · · · │ · · · · · ·
associations.dropPadron                                    │ · · │ · · y · │ · · · │ · · · · │ · · · │ · · · · · ·
associations.list                                          │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
associations.detail                                        │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
associations.padron                                        │ s r │ y y y y │ r r r │ r r r r │ r r r │ r r r r r r
associations.member                                        │ · · │ y y y y │ · · · │ · · · · │ · · · │ · · · · · ·
associations.cardsDue                                      │ s r │ r r y r │ r r r │ r r r r │ r r r │ r r r r r r
associations.openImport                                    │ s r │ r r y r │ r r r │ r r r r │ r r r │ r r r r r r
associations.padronImport                                  │ · · │ · · y · │ · · · │ · · · · │ · · · │ · · · · · ·
associations.desk                                          │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y y · · ·
associations.delegates                                     │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y

spaces.createTable                                         │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · · · ·
spaces.appointToSpace · at a table                         │ s r │ r r r r │ y r r │ r r r r │ r r r │ r r r r r r
spaces.appointToSpace · in a base’s house                  │ · · │ r y y r │ · · · │ · · · · │ · · · │ · · · · · ·
spaces.appointToSpace · where nobody coordinates           │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r r r r
spaces.endSpaceRole                                        │ · · │ · · · · │ y y r │ · · · · │ · · · │ · · · · · ·
spaces.setPurpose                                          │ s r │ r r r r │ y r r │ r r r r │ r r r │ r r r r r r
spaces.setAttribution                                      │ s r │ r r r r │ y r r │ r r r r │ r r r │ r r r r r r
spaces.closeSpace                                          │ s r │ r r r r │ y r r │ r r r r │ r r r │ r y r r r r
spaces.list                                                │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
spaces.detail · a table                                    │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
spaces.detail · a base’s house                             │ · · │ y y y y │ · · · │ · · · · │ · · · │ · · · · · ·
spaces.detail · the review desk                            │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · y y y

concerns.raise                                             │ s y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·
concerns.raise · in a base’s name                          │ s · │ y y y y │ · · · │ · · · · │ · · · │ · · · · · ·
concerns.raise · kept in its house                         │ · · │ y y y y │ · · · │ · · · · │ · · · │ · · · · · ·
concerns.reword                                            │ s r │ y r r r │ r r r │ r r r r │ r r r │ r r r r r r
concerns.reword · kept                                     │ · · │ y r r r │ · · · │ · · · · │ · · · │ · · · · · ·
concerns.setAside                                          │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r y r r
concerns.setAside · kept                                   │ · · │ r r r r │ · · · │ · · · · │ · · · │ · · · · · ·
concerns.reconsider                                        │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r y r r
concerns.publish                                           │ · · │ y y y r │ · · · │ · · · · │ · · · │ · · · · · ·
concerns.appeal                                            │ s r │ y r r y │ r r r │ r r r r │ r r r │ r r r r r r
concerns.decideAppeal                                      │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r y r r
concerns.decideAppeal · of what she set aside              │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r r r r
concerns.group                                             │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r y r r
concerns.nameGroup                                         │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r y r r
concerns.ungroup                                           │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r y r r
concerns.setAsideGroup                                     │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r y r r
concerns.notAlike                                          │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r y r r
concerns.maybeAlike                                        │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r y r r
concerns.group · kept ones                                 │ · · │ · · · · │ · · · │ · · · · │ · · · │ · · · · · ·
concerns.groups                                            │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
concerns.groupDetail                                       │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
concerns.suggestions                                       │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · y · ·
concerns.suggestions · of a kept one                       │ · · │ · · · · │ · · · │ · · · · │ · · · │ · · · · · ·
concerns.appeals                                           │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
concerns.list                                              │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
concerns.board                                             │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
concerns.detail                                            │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
concerns.detail · kept                                     │ · · │ y y y y │ · · · │ · · · · │ · · · │ · · · · · ·
concerns.mine                                              │ · y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
concerns.origins                                           │ · y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
concerns.open                                              │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y

drafts.create                                              │ · · │ · · · · │ y y · │ · · · · │ · · · │ · · · · · ·
drafts.create · in a base’s house                          │ · · │ y y y y │ · · · │ · · · · │ · · · │ · · · · · ·
drafts.retitle                                             │ · r │ r r r r │ y y r │ r r r r │ r r r │ · r r r · ·
drafts.takeUpConcern                                       │ · r │ r r r r │ y y r │ r r r r │ r r r │ · r r r · ·
drafts.releaseConcern                                      │ · r │ r r r r │ y y r │ r r r r │ r r r │ · r r r · ·
drafts.close                                               │ · r │ r r r r │ y r r │ r r r r │ r r r │ · r r r · ·
drafts.reopen                                              │ · r │ r r r r │ y r r │ r r r r │ r r r │ · r r r · ·
drafts.editByForm                                          │ · r │ r r r r │ y y r │ r r r r │ r r r │ · r r r · ·
drafts.editByForm · in a base’s house                      │ · · │ y y y y │ · · · │ · · · · │ · · · │ · · · · · ·
drafts.list                                                │ s y │ y y y y │ y y y │ y y y y │ y y y │ r y y y r r
drafts.ofSpace                                             │ · y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·
drafts.mine                                                │ · y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·
drafts.homes                                               │ · y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·
drafts.candidates                                          │ · · │ · · · · │ y y · │ · · · · │ · · · │ · · · · · ·
drafts.detail                                              │ · y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·
drafts.detail · in a base’s house                          │ · · │ y y y y │ · · · │ · · · · │ · · · │ · · · · · ·
drafts.passage                                             │ · y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·
drafts.suggest                                             │ · y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·
drafts.suggest · in a base’s house                         │ · · │ y y y y │ · · · │ · · · · │ · · · │ · · · · · ·
drafts.suggest · in a closed draft                         │ · r │ r r r r │ r r r │ r r r r │ r r r │ · r r r · ·
drafts.suggestions                                         │ · y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·
drafts.suggestions · in a base’s house                     │ · · │ y y y y │ · · · │ · · · · │ · · · │ · · · · · ·
drafts.acceptSuggestion                                    │ · r │ r r r r │ y y r │ r r r r │ r r r │ · r r r · ·
drafts.rejectSuggestion                                    │ · r │ r r r r │ y y r │ r r r r │ r r r │ · r r r · ·
drafts.withdrawSuggestion · her own                        │ · y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·
drafts.withdrawSuggestion · another’s                      │ · r │ r r r r │ r r r │ r r r r │ r r r │ · r r r · ·
drafts.comment                                             │ · y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·
drafts.comment · in a base’s house                         │ · · │ y y y y │ · · · │ · · · · │ · · · │ · · · · · ·
drafts.comment · in a closed draft                         │ · r │ r r r r │ r r r │ r r r r │ r r r │ · r r r · ·
drafts.answerComment                                       │ · y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·
drafts.answerComment · in a base’s house                   │ · · │ y y y y │ · · · │ · · · · │ · · · │ · · · · · ·
drafts.resolveComment · her own                            │ · y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·
drafts.resolveComment · another’s                          │ · r │ r r r r │ y y r │ r r r r │ r r r │ · r r r · ·
drafts.reopenComment                                       │ · r │ r r r r │ y y r │ r r r r │ r r r │ · r r r · ·
drafts.removeComment · her own                             │ · y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·
drafts.removeComment · another’s                           │ · r │ r r r r │ r r r │ r r r r │ r r r │ · r r r · ·
drafts.comments                                            │ · y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·
drafts.comments · in a base’s house                        │ · · │ y y y y │ · · · │ · · · · │ · · · │ · · · · · ·
drafts.nameVersion                                         │ · r │ r r r r │ y y r │ r r r r │ r r r │ · r r r · ·
drafts.removeVersion · her own                             │ · y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·
drafts.removeVersion · another’s                           │ · r │ r r r r │ r r r │ r r r r │ r r r │ · r r r · ·
drafts.versions                                            │ · y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·
drafts.versions · in a base’s house                        │ · · │ y y y y │ · · · │ · · · · │ · · · │ · · · · · ·
drafts.version                                             │ · y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·
drafts.version · in a base’s house                         │ · · │ y y y y │ · · · │ · · · · │ · · · │ · · · · · ·
drafts.comparison                                          │ · y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·
drafts.comparison · in a base’s house                      │ · · │ y y y y │ · · · │ · · · · │ · · · │ · · · · · ·
drafts.authorship                                          │ · y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·
drafts.authorship · in a base’s house                      │ · · │ y y y y │ · · · │ · · · · │ · · · │ · · · · · ·
drafts.erase                                               │ · r │ r r r r │ y r r │ r r r r │ r r r │ · r r r · ·
drafts.erase · in a base’s house                           │ · · │ r y y r │ · · · │ · · · · │ · · · │ · · · · · ·
drafts.erasures                                            │ · y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·

document.inForce                                           │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
document.version                                           │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
document.versions                                          │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
document.canonical                                         │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
document.signed                                            │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
document.article                                           │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
document.printable                                         │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
document.comparison                                        │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
document.search                                            │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
document.coverage                                          │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
document.coverage · in the making                          │ · · │ · · · y │ y · · │ · · · y │ y · · │ · y · y · ·
document.origin · frozen                                   │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
document.origin · in the making                            │ · · │ · · · y │ y · · │ · · · y │ y · · │ · y · y · ·
document.find · frozen                                     │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
document.find · in the making                              │ · · │ · · · y │ y · · │ · · · y │ y · · │ · y · y · ·
document.working                                           │ · · │ · · · y │ y · · │ · · · y │ y · · │ · y · y · ·
document.workingArticle                                    │ · · │ · · · y │ y · · │ · · · y │ y · · │ · y · y · ·
document.desk                                              │ · · │ · · · r │ r · · │ · · · r │ r · · │ · r · y · ·
document.draftToTake                                       │ · r │ r r r r │ r r r │ r r r r │ r r r │ · r r y · ·
document.freezeCheck                                       │ · · │ · · · r │ r · · │ · · · r │ r · · │ · r · y · ·
document.takeUp                                            │ · r │ r r r r │ r r r │ r r r r │ r r r │ · r r y · ·
document.takeUp · from a base’s house                      │ · · │ r r r r │ · · · │ · · · · │ · · · │ · · · · · ·
document.addDraft                                          │ · · │ · · · r │ r · · │ · · · r │ r · · │ · r · y · ·
document.linkConcern                                       │ · · │ · · · r │ r · · │ · · · r │ r · · │ · r · y · ·
document.linkGroup                                         │ · · │ · · · r │ r · · │ · · · r │ r · · │ · r · y · ·
document.unlinkConcern                                     │ · · │ · · · r │ r · · │ · · · r │ r · · │ · r · y · ·
document.setFields                                         │ · · │ · · · r │ r · · │ · · · r │ r · · │ · r · y · ·
document.editText                                          │ · · │ · · · r │ r · · │ · · · r │ r · · │ · r · y · ·
document.place                                             │ · · │ · · · r │ r · · │ · · · r │ r · · │ · r · y · ·
document.retire                                            │ · · │ · · · r │ r · · │ · · · r │ r · · │ · r · y · ·
document.merge                                             │ · · │ · · · r │ r · · │ · · · r │ r · · │ · r · y · ·
document.split                                             │ · · │ · · · r │ r · · │ · · · r │ r · · │ · r · y · ·
document.undo                                              │ · · │ · · · r │ r · · │ · · · r │ r · · │ · r · y · ·
document.acts                                              │ · · │ · · · r │ r · · │ · · · r │ r · · │ · r · y · ·
document.act                                               │ · · │ · · · r │ r · · │ · · · r │ r · · │ · r · y · ·
document.mergePreview                                      │ · · │ · · · r │ r · · │ · · · r │ r · · │ · r · y · ·
document.freeze                                            │ · · │ · · · r │ r · · │ · · · r │ r · · │ · r · y · ·

amendments.propose · for the base                          │ s r │ r r r y │ r r r │ r r r r │ r r r │ r r r r r r
amendments.propose · for the table                         │ s r │ r r r r │ y r r │ r r r r │ r r r │ r r r r r r
amendments.withdraw                                        │ s r │ r r r y │ r r r │ r r r r │ r r r │ r r r r r r
amendments.back                                            │ s r │ r r r r │ r r r │ r r r y │ r r r │ r r r r r r
amendments.unback                                          │ s r │ r r r r │ r r r │ r r r y │ r r r │ r r r r r r
amendments.accept                                          │ s r │ r r r r │ r r r │ r r r r │ r r r │ r r r y r r
amendments.reject                                          │ s r │ r r r r │ r r r │ r r r r │ r r r │ r r r y r r
amendments.toDecide                                        │ s r │ r r r r │ r r r │ r r r r │ r r r │ r r r y r r
amendments.list                                            │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
amendments.atArticle                                       │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
amendments.ofArticle                                       │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
amendments.names                                           │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
amendments.detail                                          │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y

comments.comment                                           │ s y │ y y y y │ y y y │ y y y y │ y y y │ r y y y y y
comments.comment · in the name of the base                 │ s r │ y y y y │ r r r │ r r r r │ r r r │ r r r r r r
comments.reword                                            │ s r │ y r r r │ r r r │ r r r r │ r r r │ r r r r r r
comments.withdraw                                          │ s r │ y r r r │ r r r │ r r r r │ r r r │ r r r r r r
comments.report                                            │ s y │ r y y y │ y y y │ y y y y │ y y y │ y y y y y y
comments.hide                                              │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r r r r
comments.keep                                              │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r r r r
comments.atArticle                                         │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
comments.ofArticle                                         │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
comments.one                                               │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
comments.desk                                              │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · · · ·

responses.createOffice                                     │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · · · ·
responses.askResponse                                      │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · y · ·
responses.respond                                          │ · · │ · · · · │ · · · │ · · · · │ · · · │ · r · r y ·
responses.revise                                           │ · · │ · · · · │ · · · │ · · · · │ · · · │ · r · r y ·
responses.forArticle                                       │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
responses.desk                                             │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · y y y
responses.request                                          │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · y y ·
responses.offices                                          │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · y y y

ballots.list                                               │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.detail                                             │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.questions                                          │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.sealing                                            │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.mine                                               │ · y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.counting                                           │ · y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.countMe                                            │ · y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.versionsToVote                                     │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · · · ·
ballots.result · open                                      │ · · │ · · · · │ · · · │ · · · · │ · · · │ · · · · · ·
ballots.result · closed                                    │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.roll · open                                        │ · · │ · · · · │ · · · │ · · · · │ · · · │ · · · · · ·
ballots.roll · closed                                      │ · · │ · · · y │ · · · │ · · · y │ · · · │ · · · · · ·
ballots.trackers · open                                    │ · · │ · · · · │ · · · │ · · · · │ · · · │ · · · · · ·
ballots.trackers · closed                                  │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.findTracker · open                                 │ · · │ · · · · │ · · · │ · · · · │ · · · │ · · · · · ·
ballots.findTracker · closed                               │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.archive · open                                     │ · · │ · · · · │ · · · │ · · · · │ · · · │ · · · · · ·
ballots.archive · closed                                   │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.published                                          │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.prepare                                            │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · · · ·
ballots.confirmUrgency                                     │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r r r r
ballots.drop                                               │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r r r r
ballots.open                                               │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r r r r
ballots.cast                                               │ · · │ · · · y │ · · · │ · · · y │ · · · │ · · · · · ·
ballots.castSealed                                         │ · · │ · · · y │ · · · │ · · · y │ · · · │ · · · · · ·
ballots.annul                                              │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r r r r
ballots.again                                              │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r r r r
ballots.reasons                                            │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.reasonsOfArticle                                   │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.giveReason                                         │ s r │ r r r y │ r r r │ r r r y │ r r r │ r r r r r r
ballots.hideReason                                         │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r r r r
ballots.chamber                                            │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.chamber · of a vote without one                    │ · · │ · · · · │ · · · │ · · · · │ · · · │ · · · · · ·
ballots.takePosition                                       │ s r │ r r r y │ r r r │ r r r r │ r r r │ r r r r r r
ballots.giveProxy                                          │ s r │ r r r y │ r r r │ r r r r │ r r r │ r r r r r r
ballots.revokeProxy                                        │ s r │ r r r y │ r r r │ r r r r │ r r r │ r r r r r r
ballots.room · of a secret vote                            │ · · │ · · · · │ · · · │ · · · · │ · · · │ · · · · · ·
ballots.room · held in the room                            │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.countRoom                                          │ s r │ r y r r │ r r r │ r r y r │ r r r │ r r r r r r
ballots.recordObjection                                    │ s r │ r y r r │ r r r │ r r y r │ r r r │ r r r r r r
ballots.withdrawObjection                                  │ s r │ r y r r │ r r r │ r r y r │ r r r │ r r r r r r
ballots.hideObjection                                      │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r r r r
ballots.closeRoom                                          │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r r r r
ballots.claims                                             │ · · │ · · · y │ · · · │ · · · y │ · · · │ · · · · · ·
ballots.claim                                              │ s r │ r r r y │ r r r │ r r r y │ r r r │ r r r r r r
ballots.table                                              │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · · · ·
ballots.table · at the table                               │ · y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.nameTeller                                         │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r r r r
ballots.removeTeller                                       │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r r r r
ballots.giveOut                                            │ · · │ · · · · │ · · · │ · · · · │ · · · │ · · · · · ·
ballots.giveOut · at the table                             │ · y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.handPaper                                          │ · · │ · · · · │ · · · │ · · · · │ · · · │ · · · · · ·
ballots.handPaper · at the table                           │ · y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.takePaperBack                                      │ · · │ · · · · │ · · · │ · · · · │ · · · │ · · · · · ·
ballots.takePaperBack · at the table                       │ · y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.countUrn                                           │ · · │ · · · · │ · · · │ · · · · │ · · · │ · · · · · ·
ballots.countUrn · at the table                            │ · y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
ballots.setUrnAside                                        │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r r r r
ballots.close                                              │ s r │ r r r r │ r r r │ r r r r │ r r r │ r y r r r r

booths.ofBallot                                            │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · · · ·
booths.ofBallot · standing by                              │ · y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
booths.open                                                │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · · · ·
booths.close                                               │ · · │ · · · · │ · · · │ · · · · │ · · · │ · y · · · ·
booths.close · standing by                                 │ · y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
booths.sayAbsent                                           │ · · │ · · · · │ · · · │ · · · · │ · · · │ · · · · · ·
booths.sayAbsent · standing by                             │ · y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
booths.enter                                               │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
booths.look                                                │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
booths.begin                                               │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
booths.cast                                                │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y

library.list                                               │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
library.item                                               │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y

notices.mine                                               │ s y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
notices.unread                                             │ s y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
notices.seen                                               │ s y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y

releases.open                                              │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y

thread.citing                                              │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
thread.ofConcern                                           │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
thread.ofConcern · kept                                    │ · · │ y y y y │ · · · │ · · · · │ · · · │ · · · · · ·
thread.ofDraft                                             │ · y │ y y y y │ y y y │ y y y y │ y y y │ · y y y · ·
thread.ofDraft · in a base’s house                         │ · · │ y y y y │ · · · │ · · · · │ · · · │ · · · · · ·
thread.ofVersionArticle                                    │ y y │ y y y y │ y y y │ y y y y │ y y y │ y y y y y y
`;

/** The declared verdicts, row by row. */
export const rows = table
  .split('\n')
  .filter((line) => line.includes('│'))
  .map((line) => {
    const [name, ...groups] = line.split('│');
    const cells = groups.join(' ').trim().split(/\s+/);
    if (cells.length !== roles.length)
      throw new Error(`${name} declares ${cells.length} of ${roles.length} cells`);
    const verdicts = Object.fromEntries(roles.map((role, i) => [role, cells[i]!])) as Record<Role, string>;
    return { name: name!.trim(), verdicts };
  });
