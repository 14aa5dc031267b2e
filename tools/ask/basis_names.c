#include "tools/ask/basis_names.h"

#include "projections/walk/deal_names.h"

#include <stdlib.h>

enum { DEALS_MOST = 10000 }; /* that are remembered: an answer may be as long as the log */

struct basis_names {
    struct names *of;
    bc_timelines *timelines;
    const struct bc_question *question;
    struct bc_question asked; /* what it was when `deals` was opened, */
    int64_t as_of_us;         /* and its last date */
    bc_deal_names *deals;     /* NULL before the first name */
    size_t asked_n;           /* how often, since `deals` was opened */
};

static int64_t last_date(const struct bc_question *question)
{
    return question->date_n ? question->as_of_us[question->date_n - 1] : INT64_MAX;
}

/* Does it read the same names? */
static bool is_asked(const struct basis_names *names)
{
    const struct bc_question *old = &names->asked, *now = names->question;

    return old->rules == now->rules && old->known_asked == now->known_asked &&
           old->known_us == now->known_us && old->by_source == now->by_source &&
           old->last_seq == now->last_seq && names->as_of_us == last_date(now);
}

static bc_status open_deals(struct basis_names *names, struct bc_err *err)
{
    const struct bc_question *question = names->question;

    if (names->deals && is_asked(names) && names->asked_n++ < DEALS_MOST)
        return BC_OK;
    bc_deal_names_free(names->deals);
    names->deals = NULL;
    names->asked_n = 1;
    names->asked = *question;
    names->as_of_us = last_date(question);
    return bc_deal_names_open(&names->deals, names->timelines, question, err);
}

static bc_status find_deal(void *finder, struct names_deal *out, struct bc_str deal,
                           struct bc_err *err)
{
    struct basis_names *names = finder;
    struct bc_deal_name found = { 0 };
    bc_status rc = open_deals(names, err);

    if (rc == BC_OK)
        rc = bc_deal_names_get(names->deals, &found, deal, err);
    *out = (struct names_deal){ found.name, found.owner };
    return rc;
}

struct basis_names *basis_names_open(struct names *of, bc_timelines *timelines,
                                     const struct bc_question *question)
{
    struct basis_names *names;

    if (!of)
        return NULL;
    names = bc_calloc(1, sizeof(*names));
    *names = (struct basis_names){ .of = of, .timelines = timelines, .question = question };
    of->find = find_deal;
    of->finder = names;
    return names;
}

void basis_names_close(struct basis_names *names)
{
    if (!names)
        return;
    if (names->of->finder == names)
        names->of->find = NULL;
    bc_deal_names_free(names->deals);
    free(names);
}
