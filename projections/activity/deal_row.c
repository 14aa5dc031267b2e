#include "projections/activity/deal_row.h"

#include "ledger/base/amount.h"
#include "projections/flow/stalled.h"
#include "projections/walk/properties.h"

void bc_deal_row_ask(struct bc_deal_row_reader *out, struct bc_walk *walk)
{
    const bc_rules *rules = walk->rules;

    *out = (struct bc_deal_row_reader){
        .walk = walk,
        .words = bc_last_activity_words(walk->strings),
        .name = bc_properties_mode(rules, BC_STR("deal_name")),
        .owner = bc_properties_mode(rules, BC_STR("owner")),
        .type = bc_properties_mode(rules, BC_STR("deal_type")),
        .amount = bc_properties_mode(rules, BC_STR("amount")),
        .mrr = bc_properties_mode(rules, BC_STR("mrr")),
        .currency = bc_properties_mode(rules, BC_STR("currency")),
    };
    walk->wants.kinds |= BC_FACT_BIT(BC_FACT_PROPERTY);
    bc_stalled_ask(walk);
    bc_last_activity_ask(walk);
}

bool bc_deal_row_there(const struct bc_deal *deal, const struct bc_view *view, uint32_t date,
                       unsigned slice)
{
    return bc_view_present(view, date) && bc_view_slices(view, date) >> slice & 1 &&
           bc_deal_begun(deal) <= view->dates->as_of_us[date];
}

static void read_stage(struct bc_deal_row *out, const struct bc_walk *walk,
                       const struct bc_deal *deal, int64_t as_of_us)
{
    const struct bc_visit *visit = bc_deal_visit_at(deal, as_of_us);

    out->stage_number = BC_NO_STAGE;
    if (!visit)
        return;
    out->stage = bc_walk_stage(walk, visit);
    out->stage_number = visit->stage;
    out->in_stage_us = as_of_us - visit->entered_us;
}

static void read_money(struct bc_deal_row *out, const struct bc_deal_row_reader *reader,
                       const struct bc_deal *deal, int64_t as_of_us)
{
    out->has_amount = bc_amount_parse(
        &out->amount, bc_properties_at(deal, BC_STR("amount"), reader->amount, as_of_us));
    out->has_mrr =
        bc_amount_parse(&out->mrr, bc_properties_at(deal, BC_STR("mrr"), reader->mrr, as_of_us));
    out->currency = bc_properties_at(deal, BC_STR("currency"), reader->currency, as_of_us);
    if (out->currency.len == 0)
        out->currency = bc_str_of(reader->walk->rules->revenue.currency);
}

void bc_deal_row_read(struct bc_deal_row *out, const struct bc_deal_row_reader *reader,
                      const struct bc_deal *deal, const struct bc_view *view, uint32_t date)
{
    const int64_t as_of_us = view->dates->as_of_us[date];

    *out = (struct bc_deal_row){
        .deal = deal->id,
        .name = bc_properties_at(deal, BC_STR("deal_name"), reader->name, as_of_us),
        .owner = bc_properties_at(deal, BC_STR("owner"), reader->owner, as_of_us),
        .type = bc_properties_at(deal, BC_STR("deal_type"), reader->type, as_of_us),
        .age_us = as_of_us - bc_deal_begun(deal),
        .stalled = bc_is_stalled(deal, view, date),
        .stalled_but_parked = bc_is_stalled_but_parked(deal, view, date),
        .last = bc_last_activity_of(deal, &reader->words, as_of_us),
        .next_meeting_us = bc_last_activity_next_meeting(deal, &reader->words, as_of_us),
    };
    out->parked = bc_stalled_parked(&out->parked_until, view, date);
    read_stage(out, reader->walk, deal, as_of_us);
    read_money(out, reader, deal, as_of_us);
}

void bc_deal_row_keep(struct bc_deal_row *row, bc_arena *arena)
{
    struct bc_str *const texts[] = { &row->deal, &row->name,  &row->owner,
                                     &row->type, &row->stage, &row->currency };

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        *texts[i] = bc_arena_copy(arena, *texts[i]);
}
