#include "tools/cmd/audit_deals.h"

#include "ledger/base/search.h"
#include "tools/cmd/deal_owner.h"
#include "tools/cmd/learning_args.h"

bool audit_deals_asked(const struct audit_deals *asked)
{
    return asked->deal || asked->owner || asked->stage;
}

/* The deals that are there, of an owner or in a stage, or all. */
static bc_status find_deals(struct bc_deal_list **out, struct bc_deal_list_ask *ask,
                            struct basis *basis, const struct audit_deals *asked,
                            struct bc_err *err)
{
    const int all = bc_rules_slice(basis->rules, BC_STR("all"));
    bc_status rc = BC_OK;

    *ask = (struct bc_deal_list_ask){ .slice = all < 0 ? 0 : (unsigned)all };
    deal_owner_ask(ask, asked->owner);
    if (asked->stage)
        rc = learning_args_stages(&ask->stages, basis->rules, "stage", asked->stage, err);
    return rc < 0 ? rc : bc_deal_list_make(out, basis->timelines, &basis->question, ask, err);
}

static bool is_listed(const struct bc_deal_list *deals, struct bc_str deal)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, deals->n, bc_str_cmp(deals->at[at].deal, deal) < 0);
    return at < deals->n && bc_str_eq(deals->at[at].deal, deal);
}

static size_t keep(struct bc_audit *audit, const struct bc_deal_list *deals, const char *deal)
{
    const size_t before = audit->n;

    audit->n = 0;
    for (size_t i = 0; i < before; i++) {
        const struct bc_str of = audit->findings[i].deal;

        if (of.len && is_listed(deals, of) && (!deal || bc_str_eq(of, bc_str_of(deal))))
            audit->findings[audit->n++] = audit->findings[i];
    }
    return before - audit->n;
}

bc_status audit_deals_keep(size_t *out_others, struct bc_audit *audit, struct basis *basis,
                           const struct audit_deals *asked, struct bc_err *err)
{
    struct bc_deal_list *deals = NULL;
    struct bc_deal_list_ask ask;
    bc_status rc = find_deals(&deals, &ask, basis, asked, err);

    if (rc < 0)
        return rc;
    *out_others = keep(audit, deals, asked->deal);
    if (!deal_owner_note(basis, &ask, deals) &&
        (deals->n == 0 || (asked->deal && !is_listed(deals, bc_str_of(asked->deal)))))
        notes_add(&basis->notes, "no_such_deal",
                  "no deal that is there at this date is the one that was asked for");
    bc_deal_list_free(deals);
    return BC_OK;
}
