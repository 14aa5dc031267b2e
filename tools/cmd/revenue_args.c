#include "tools/cmd/revenue_args.h"

#include "projections/revenue/terms.h"

static bool read_month(int32_t *out, struct bc_str text)
{
    char day[sizeof("2026-04-01")] = "";
    int32_t first;

    if (text.len != strlen("2026-04"))
        return false;
    memcpy(day, text.at, text.len);
    memcpy(day + text.len, "-01", sizeof("-01"));
    if (!bc_day_parse(&first, bc_str_of(day)))
        return false;
    *out = bc_terms_month(first);
    return true;
}

/* --- months --- */

static bc_status no_month(const char *option, const char *text, const char *what,
                          struct bc_err *err)
{
    return bc_err_set(
        err, BC_E_USAGE,
        "--%s '%s' %s: revenue is by whole months, such as 2026-04, 2026-q2, last quarter "
        "or 2026",
        option, text, what);
}

static bc_status read_days(struct when *out, const char *option, const char *text,
                           const struct revenue_calendar *calendar, struct bc_err *err)
{
    bc_status rc = when_parse(out, text, calendar->now_us, calendar->zone, err);

    if (rc < 0)
        return bc_err_in(err, rc, "--%s", option);
    return out->is_day ? BC_OK : no_month(option, text, "is an instant", err);
}

/* *last: the month in which it ends; of a period its own. */
static bc_status read_from(int32_t *first, int32_t *last, const char *text,
                           const struct revenue_calendar *calendar, struct bc_err *err)
{
    struct when when;
    bc_status rc = read_days(&when, "from", text, calendar, err);

    if (rc < 0)
        return rc;
    *first = bc_terms_month(when_first_day(&when));
    *last = bc_terms_month(when.day);
    return bc_terms_month_first(*first) == when_first_day(&when)
               ? BC_OK
               : no_month("from", text, "begins within a month", err);
}

static bc_status read_to(int32_t *last, const char *text, const struct revenue_calendar *calendar,
                         struct bc_err *err)
{
    struct when when;
    bc_status rc = read_days(&when, "to", text, calendar, err);

    if (rc < 0)
        return rc;
    *last = bc_terms_month(when.day);
    return bc_terms_month_first(*last + 1) == when.day + 1
               ? BC_OK
               : no_month("to", text, "ends within a month", err);
}

bc_status revenue_args_months(struct bc_revenue_ask *ask, const char *from, const char *to,
                              int32_t usual, const struct revenue_calendar *calendar,
                              struct bc_err *err)
{
    int32_t last = usual;
    bc_status rc = BC_OK;

    ask->from = usual;
    if (from)
        rc = read_from(&ask->from, &last, from, calendar, err);
    ask->to = last > ask->from ? last : ask->from + REVENUE_MONTHS - 1;
    if (rc == BC_OK && to)
        rc = read_to(&ask->to, to, calendar, err);
    if (rc == BC_OK && ask->from > ask->to)
        rc = bc_err_set(err, BC_E_USAGE,
                        from ? "--from is after --to"
                             : "--to is before the month of --as-of, from which "
                               "on it is shown unless --from says otherwise");
    return rc;
}

/* --- paths --- */

static const struct path {
    const char *text;
    struct bc_revenue_list list;
} paths[] = {
    { "fmrr6", { .what = BC_LIST_SIX } },
    { "rho.n", { .what = BC_LIST_RHO } },
    { "rho.converted", { .what = BC_LIST_RHO, .converted = true } },
    { "eta.n", { .what = BC_LIST_ETA } },
    { "eta.converted", { .what = BC_LIST_ETA, .converted = true } },
    { "renewal6.n", { .what = BC_LIST_RENEWAL, .outcomes = (1U << BC_RENEWAL_OUTCOME_N) - 1 } },
    { "renewal6.retained", { .what = BC_LIST_RENEWAL, .outcomes = 1U << BC_RENEWAL_RETAINED } },
    { "renewal6.overdue", { .what = BC_LIST_RENEWAL, .outcomes = 1U << BC_RENEWAL_OVERDUE } },
    { "renewal6.churned", { .what = BC_LIST_RENEWAL, .outcomes = 1U << BC_RENEWAL_CHURNED } },
    { "otherCurrency", { .what = BC_LIST_OTHER_CURRENCY } },
    { "withoutValue", { .what = BC_LIST_WITHOUT_VALUE } },
    { "withoutInterval", { .what = BC_LIST_WITHOUT_INTERVAL } },
};

/* What stands after `2026-04.`. */
static const struct {
    const char *text;
    unsigned figures;
} figures[] = {
    { "cmrr", BC_REVENUE_BIT(BC_CMRR) },
    { "renewalMrr", BC_REVENUE_BIT(BC_RENEWAL_MRR) },
    { "newMrr", BC_REVENUE_BIT(BC_NEW_MRR) },
    { "otherMrr", BC_REVENUE_BIT(BC_OTHER_MRR) },
    { "fmrr", BC_REVENUE_FMRR },
};

static bool read_figure(struct bc_revenue_list *out, struct bc_str text)
{
    const size_t len = strlen("2026-04");

    if (text.len <= len || text.at[len] != '.' ||
        !read_month(&out->month, bc_str_part(text, 0, len)))
        return false;
    for (size_t i = 0; i < sizeof(figures) / sizeof(figures[0]); i++)
        if (bc_str_eq(bc_str_part(text, len + 1, text.len), bc_str_of(figures[i].text)))
            out->figures = figures[i].figures;
    out->what = BC_LIST_MONTH;
    return out->figures != 0;
}

bc_status revenue_args_list(struct bc_revenue_ask *ask, const char *typed, struct bc_err *err)
{
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
        if (strcmp(typed, paths[i].text) == 0) {
            ask->list = paths[i].list;
            return BC_OK;
        }
    if (!read_figure(&ask->list, bc_str_of(typed)))
        return bc_err_set(err, BC_E_USAGE,
                          "--list '%s': expected 2026-04.cmrr, .renewalMrr, .newMrr, .otherMrr or "
                          ".fmrr, fmrr6, renewal6.retained and the like, rho.n, eta.n, "
                          "otherCurrency, withoutValue or withoutInterval",
                          typed);
    return ask->list.month >= ask->from && ask->list.month <= ask->to
               ? BC_OK
               : bc_err_set(err, BC_E_USAGE, "--list '%s': not one of the months asked", typed);
}
