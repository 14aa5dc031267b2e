/* tests/support/story.h - histories in words.
 *
 * A story is statements with `;` between them, one event each:
 *
 *   d1 created outreach type newbusiness; d1 moved discovery @2025-01-10T09:00;
 *   x: d1 moved proposal @2025-02-01 known 2025-03-01; retract x
 *
 *   [LABEL:] DEAL VERB ... [@WHEN] [known WHEN] [learnt WHEN] [by ACTOR] [via SYSTEM]
 *
 * VERB   created [STAGE] [type T] [owner O] [name N]    found ...: the same, observed
 *        moved STAGE [from STAGE]   observed STAGE [from STAGE]
 *        set NAME VALUE       unset NAME
 *        deleted   restored   merged DEAL
 *        meeting ID [starts WHEN] [OUTCOME [TYPE]]
 *        sent ID [CAMPAIGN]   opened ID   replied ID
 *        lost REASON [again DATE]   service_started   service_ended   touched
 *        lead [CAMPAIGN [CHANNEL]]   enrolled EXPERIMENT [ARM]
 *        icp VERSION [CHANGELOG]   playbook VERSION [CHANGELOG]   rules VERSION
 *        begun EXPERIMENT [FIELD=VALUE ...]   concluded EXPERIMENT [OUTCOME [LEARNING]]
 *        qualified [need] [budget] [icp_fit] [ICP_VERSION]
 *        health STATUS   intent INTENT
 *        learned TEXT [TOPIC]   artifact KIND
 *        signed ID   order_started   ordered ID   handed URL   accepted URL
 *        decided ACTION [TEXT [OWNER [DUE]]]   done ACTION   role PERSON ROLE [ended]
 *        reviewed [NOTE]
 *        pivot [RED_LINE]     stay [RED_LINE]    retract LABEL   (these three also without a deal)
 *
 * DEAL   `-` is none; `d1..d20` tells the statement of each, and a `%` in it is then the number.
 * WHEN   a date (noon, UTC) or a time of day after it, `2025-01-10T09:00[:30[.25]][Z|+01:00]`.
 *        Without one, a day after the statement before; the first is on 2025-01-01.
 * known  the recorded time; without it, that of the event before, or when it occurred if later.
 * learnt sourceRecordedAt. LABEL is the event's id; without it, `#SEQ`. */
#ifndef BC_TESTS_SUPPORT_STORY_H
#define BC_TESTS_SUPPORT_STORY_H

#include "tests/support/events.h"

/* Adds the events of a story; fails the test at a statement that it does not understand. */
void story_tell(struct events *events, const char *story);
/* A WHEN. Fails the test if it is invalid. */
int64_t story_when(const char *when);
/* Tells a story into a log. */
void story_append(bc_log *log, const char *story);

#endif
