/* projections/audit/audit_red_lines.c - breaches of red lines. */
#include "projections/audit/auditing.h"
#include "projections/flow/breaches.h"

bc_status bc_auditing_breaches(struct bc_auditing *auditing, const struct bc_question *question,
                               struct bc_err *err)
{
    struct bc_breaches breaches = { 0 };
    char day[BC_DAY_LEN];
    bc_status rc;

    if (!(auditing->kinds & BC_FINDING_BIT(BC_BREACH_UNANSWERED)))
        return BC_OK;
    rc = bc_breaches_make(&breaches, auditing->timelines, question, err);
    for (size_t i = 0; rc == BC_OK && i < breaches.n; i++) {
        const struct bc_breach *breach = &breaches.at[i];
        struct bc_finding *finding =
            bc_auditing_add(auditing, BC_BREACH_UNANSWERED, (struct bc_str){ 0 }, 0);

        bc_day_print(day, breach->day);
        finding->red_line = bc_str_of(auditing->rules->red_lines[breach->line].name);
        finding->date = bc_arena_copy(auditing->audit->arena, bc_str_of(day));
        finding->days = auditing->rules->learning.answer_breach_days;
    }
    bc_breaches_release(&breaches);
    return rc;
}
