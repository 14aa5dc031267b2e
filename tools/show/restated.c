#include "tools/show/restated.h"

#include "tools/show/review_again.h"

#include <inttypes.h>
#include <stdlib.h>

/* --- one report --- */

/* The rules that the report's reference chooses now; those of a file, and any that no longer exist,
 * are as they were. */
static bc_status rules_now(const bc_rules **out, const struct restating *restating,
                           const struct issued_report *issued, struct bc_err *err)
{
    const char *ref = issued->rules_ref;

    if (strcmp(ref, "latest") == 0 || strcmp(ref, "default") == 0 || rules_ref_as_then(ref) ||
        bc_published_version(rules_shelf_published(restating->shelf), bc_str_of(ref)))
        return rules_shelf_get(out, restating->shelf, ref, &issued->as_of, err);
    *out = issued->rules;
    return BC_OK;
}

/* BC_E_INPUT: the report rests on another log. */
static bc_status check_head(bc_log *log, const struct issued_report *issued, struct bc_err *err)
{
    char root[BC_HASH_TEXT_LEN];
    struct bc_head head;
    bc_status rc;

    if (issued->last_seq > bc_log_head(log)->size)
        return bc_err_set(err, BC_E_INPUT,
                          "it rests on %" PRIu64 " events, and the ledger has %" PRIu64,
                          issued->last_seq, bc_log_head(log)->size);
    rc = bc_log_head_at(log, issued->last_seq, &head, err);
    if (rc < 0)
        return rc;
    bc_hash_print(root, &head.root);
    if (!bc_str_eq(bc_str_of(root), issued->root))
        return bc_err_set(err, BC_E_INPUT,
                          "its %" PRIu64 " events were not the first ones of this ledger",
                          issued->last_seq);
    return BC_OK;
}

/* Both ways of asking; *as_of_us is room for the date, a day as that day by the rules of now. */
static bc_status make_question(struct bc_diff_question *out, int64_t *as_of_us,
                               const struct restating *restating,
                               const struct issued_report *issued, struct bc_err *err)
{
    bc_status rc;

    *out = (struct bc_diff_question){
        .from = { .rules = issued->rules,
                  .as_of_us = &issued->as_of_us,
                  .date_n = 1,
                  .known_asked = issued->known_asked,
                  .known_us = issued->known_us,
                  .by_source = issued->by_source,
                  .threads = restating->threads,
                  .last_seq = issued->last_seq },
        .to = { .as_of_us = as_of_us,
                .date_n = 1,
                .known_asked = restating->known_asked,
                .known_us = restating->known_us,
                .by_source = restating->known_asked ? restating->by_source : issued->by_source,
                .threads = restating->threads },
        .given = issued->given,
        .given_n = issued->given_n,
        .events = restating->events,
    };
    rc = rules_now(&out->to.rules, restating, issued, err);
    if (rc < 0)
        return rc;
    *as_of_us = when_instant(&issued->as_of, out->to.rules->zone);
    out->turned = out->from;
    out->turned.rules = out->to.rules;
    out->turned.as_of_us = as_of_us;
    if (issued->known_asked)
        out->turned.known_us = when_instant(&issued->known, out->to.rules->zone);
    return BC_OK;
}

/* BC_E_INPUT: it cannot be asked again. */
static bc_status read_back(struct restated *out, struct bc_diff_question *question,
                           int64_t *as_of_us, const struct restating *restating, struct bc_err *err)
{
    bc_status rc = issued_report_read(&out->issued, out->report, err);

    if (rc == BC_OK)
        rc = check_head(bc_timelines_log(restating->timelines), &out->issued, err);
    if (rc == BC_OK)
        rc = make_question(question, as_of_us, restating, &out->issued, err);
    return rc;
}

/* Its parts, beside the figures. */
static bc_status review_parts(struct restated *out, const struct restating *restating,
                              struct bc_err *err)
{
    struct basis today = { .log = bc_timelines_log(restating->timelines),
                           .timelines = restating->timelines,
                           .shelf = restating->shelf,
                           .rules = out->today.rules,
                           .question = out->today,
                           .as_of_us = out->as_of_us };
    struct bc_err problem = { 0 };
    bc_status rc = BC_OK;

    today.question.as_of_us = &today.as_of_us;
    if (out->report->value_n == 1)
        rc = review_again(&out->parts, &out->part_n, &out->issued, out->report->values[0], &today,
                          &problem);
    if (rc == BC_E_INPUT) {
        out->parts_problem = problem;
        return BC_OK;
    }
    if (rc < 0)
        *err = problem;
    return rc;
}

/* --- several --- */

/* In one walk. */
static bc_status make_some(struct restated *out, size_t n, const struct restating *restating,
                           struct bc_err *err)
{
    struct bc_diff_question questions[RESTATED_AT_ONCE];
    struct bc_diff *diffs[RESTATED_AT_ONCE] = { 0 };
    int64_t as_of_us[RESTATED_AT_ONCE];
    struct restated *of[RESTATED_AT_ONCE];
    size_t asked = 0;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < n; i++) {
        struct bc_err problem = { 0 };

        rc = read_back(&out[i], &questions[asked], &as_of_us[asked], restating, &problem);
        if (rc == BC_OK)
            of[asked++] = &out[i];
        else if (rc == BC_E_INPUT)
            out[i].problem = problem;
        else
            *err = problem;
        if (rc == BC_E_INPUT)
            rc = BC_OK;
    }
    if (rc == BC_OK)
        rc = bc_diff_make_each(diffs, restating->timelines, questions, asked, err);
    for (size_t i = 0; rc == BC_OK && i < asked; i++) {
        of[i]->diff = diffs[i];
        of[i]->today = questions[i].to;
        of[i]->as_of_us = as_of_us[i];
    }
    for (size_t i = 0; rc == BC_OK && restating->reviews && i < asked; i++)
        if (of[i]->issued.is_review)
            rc = review_parts(of[i], restating, err);
    return rc;
}

bc_status restated_make(struct restated *out, const struct bc_issued *const *reports, size_t n,
                        const struct restating *restating, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; i < n; i++)
        out[i] = (struct restated){ .report = reports[i] };
    for (size_t i = 0; rc == BC_OK && i < n; i += RESTATED_AT_ONCE)
        rc =
            make_some(out + i, n - i < RESTATED_AT_ONCE ? n - i : RESTATED_AT_ONCE, restating, err);
    for (size_t i = 0; rc < 0 && i < n; i++)
        restated_release(&out[i]);
    return rc;
}

void restated_release(struct restated *restated)
{
    bc_diff_free(restated->diff);
    issued_report_release(&restated->issued);
    *restated = (struct restated){ 0 };
}

bool restated_unknown(const struct restated *restated)
{
    return !restated->diff || (restated->parts_problem.message[0] && restated->diff->n == 0);
}

bool restated_differs(const struct restated *restated)
{
    return restated_unknown(restated) || restated->diff->n > 0 || restated->part_n > 0;
}

/* --- those of a while --- */

static void keep_differing(struct restated_list *list)
{
    size_t kept = 0;

    for (size_t i = 0; i < list->n; i++)
        if (restated_differs(&list->at[i]))
            list->at[kept++] = list->at[i];
        else
            restated_release(&list->at[i]);
    list->n = kept;
}

bc_status restated_lately(struct restated_list *out, const struct basis *basis, int64_t as_of_us,
                          struct bc_err *err)
{
    const struct bc_question *question = &basis->question;
    const struct restating restating = { .timelines = basis->timelines,
                                         .shelf = basis->shelf,
                                         .threads = question->threads,
                                         .known_asked = question->known_asked,
                                         .known_us = question->known_us,
                                         .by_source = question->by_source };
    const int64_t after_us =
        bc_zone_window_begin(basis->rules->zone, as_of_us, RESTATED_LATELY_DAYS);
    const struct bc_issued **reports = NULL;
    struct restated_list list = { 0 };
    struct bc_visible visible;
    size_t n = 0;
    bc_status rc = bc_question_known(question, bc_timelines_log(basis->timelines), &visible, err);

    if (rc == BC_OK)
        rc = bc_issued_read(&list.issued, basis->timelines, &visible, err);
    if (rc == BC_OK)
        reports = bc_calloc(list.issued.n, sizeof(*reports));
    for (size_t i = 0; rc == BC_OK && i < list.issued.n; i++)
        if (list.issued.at[i].issued_us > after_us && list.issued.at[i].issued_us <= as_of_us)
            reports[n++] = &list.issued.at[i];
    list.at = bc_calloc(n, sizeof(*list.at));
    if (rc == BC_OK)
        rc = restated_make(list.at, reports, n, &restating, err);
    if (rc == BC_OK) {
        list.n = n;
        keep_differing(&list);
    }
    free(reports);
    *out = list;
    if (rc < 0)
        restated_list_release(out);
    return rc;
}

void restated_list_release(struct restated_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        restated_release(&list->at[i]);
    free(list->at);
    bc_issued_release(&list->issued);
    *list = (struct restated_list){ 0 };
}
