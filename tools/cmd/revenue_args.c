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

bc_status revenue_args_month(int32_t *out, const char *option, const char *text, struct bc_err *err)
{
    return read_month(out, bc_str_of(text))
               ? BC_OK
               : bc_err_set(err, BC_E_USAGE, "--%s '%s': expected a month such as 2026-04", option,
                            text);
}

bc_status revenue_args_months(struct bc_revenue_ask *ask, const char *from, const char *to,
                              int32_t usual, struct bc_err *err)
{
    bc_status rc = BC_OK;

    ask->from = usual;
    if (from)
        rc = revenue_args_month(&ask->from, "from", from, err);
    ask->to = ask->from + REVENUE_MONTHS - 1;
    if (rc == BC_OK && to)
        rc = revenue_args_month(&ask->to, "to", to, err);
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
