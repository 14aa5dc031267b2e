/* tools/export/tables_deals.c - the walk over the deals: each deal's own row and its visits, and
 * what other files have of it. */
#include "projections/walk/about_none.h"
#include "projections/walk/experiment_words.h"
#include "projections/walk/properties.h"
#include "tools/export/tables_impl.h"

#include <stdlib.h>

/* The deals are seen on one thread, in their order, so that their rows need not be kept. */
struct deals {
    struct tables_deal of;
    struct bc_walk walk;
    struct bc_about_none none;
    struct bc_experiment_list experiments;
    int64_t first_us; /* of all facts, or BC_NEVER */
};

struct part {
    struct deals *deals;
};

/* --- a deal --- */

static struct bc_str property(const struct bc_walk *walk, const struct bc_deal *deal,
                              const char *name)
{
    const struct bc_str text = bc_str_of(name);

    return bc_properties_at(deal, text, bc_properties_mode(walk->rules, text),
                            walk->dates.as_of_us[0]);
}

static bc_status write_deal(const struct tables_deal *of, const struct bc_deal *deal,
                            const struct bc_view *view, struct bc_err *err)
{
    const int64_t as_of_us = of->walk->dates.as_of_us[0], first_us = bc_deal_begun(deal);
    const struct bc_visit *visit = bc_deal_visit_at(deal, as_of_us);
    struct tables_row row = tables_row_of(TABLE_DEALS);

    tables_text(&row, "deal", deal->id);
    tables_text_or_null(&row, "name", property(of->walk, deal, "deal_name"));
    tables_text_or_null(&row, "owner", property(of->walk, deal, "owner"));
    tables_text_or_null(&row, "deal_type", property(of->walk, deal, "deal_type"));
    tables_text_or_null(&row, "stage",
                        visit ? bc_walk_stage(of->walk, visit) : (struct bc_str){ 0 });
    tables_instant_or_null(&row, "in_stage_since", visit ? visit->entered_us : BC_NEVER, BC_NEVER);
    tables_bool(&row, "there", first_us <= as_of_us && bc_view_present(view, 0));
    tables_instant(&row, "first_event", first_us);
    tables_instant_or_null(&row, "created", deal->created_us, BC_NEVER);
    tables_instant_or_null(&row, "service_ended", deal->service_ended_us, BC_NEVER);
    tables_integer(&row, "service_ended_day", tables_until_day(of->out, deal->service_ended_us));
    return tables_row_end(&row, of->out, err);
}

static void neighbour(struct tables_row *row, const char *name, const struct bc_walk *walk,
                      const struct bc_deal *deal, size_t i)
{
    if (i < deal->visit_n)
        tables_text(row, name, bc_walk_stage(walk, &deal->visits[i]));
    else
        tables_null(row, name);
}

static bc_status write_visit(const struct tables_deal *of, const struct bc_deal *deal, size_t i,
                             struct bc_err *err)
{
    const struct bc_visit *visit = &deal->visits[i];
    struct tables_row row = tables_row_of(TABLE_VISITS);

    tables_text(&row, "deal", deal->id);
    tables_integer(&row, "visit", (int64_t)i + 1);
    tables_text(&row, "stage", bc_walk_stage(of->walk, visit));
    tables_bool(&row, "known", visit->stage != BC_NO_STAGE);
    tables_bool(&row, "observed", visit->observed);
    tables_instant(&row, "entered", visit->entered_us);
    tables_instant_or_null(&row, "exited", visit->left_us, BC_NEVER);
    neighbour(&row, "stage_before", of->walk, deal, i - 1); /* none before the first */
    neighbour(&row, "stage_after", of->walk, deal, i + 1);
    tables_integer(&row, "seq", (int64_t)visit->seq);
    tables_integer(&row, "entered_us", visit->entered_us);
    if (visit->left_us == BC_NEVER)
        tables_null(&row, "exited_us");
    else
        tables_integer(&row, "exited_us", visit->left_us);
    tables_integer(&row, "first_day", tables_day(of->out, visit->entered_us));
    tables_integer(&row, "until_day", tables_until_day(of->out, visit->left_us));
    return tables_row_end(&row, of->out, err);
}

static bc_status write_visits(const struct tables_deal *of, const struct bc_deal *deal,
                              struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < deal->visit_n; i++)
        rc = write_visit(of, deal, i, err);
    return rc;
}

static bc_status see(void *payload, const struct bc_deal *deal, struct bc_view *view,
                     struct bc_err *err)
{
    struct deals *deals = ((struct part *)payload)->deals;
    const struct tables_out *out = deals->of.out;
    bc_status rc = BC_OK;

    if (bc_deal_begun(deal) == BC_NEVER)
        return BC_OK; /* all of its events were taken back */
    if (bc_deal_begun(deal) < deals->first_us)
        deals->first_us = bc_deal_begun(deal);
    bc_view_at(view, deal);
    if (tables_wanted(out, TABLE_DEALS))
        rc = write_deal(&deals->of, deal, view, err);
    if (rc == BC_OK && tables_wanted(out, TABLE_STANDINGS))
        rc = tables_write_standings(&deals->of, deal, err);
    if (rc == BC_OK && tables_wanted(out, TABLE_VISITS))
        rc = write_visits(&deals->of, deal, err);
    if (rc == BC_OK && tables_wanted(out, TABLE_PROPERTIES))
        rc = tables_write_properties(&deals->of, deal, err);
    if (rc == BC_OK)
        rc = tables_write_activity(&deals->of, deal, err);
    if (rc == BC_OK)
        rc = tables_write_anchors(&deals->of, deal, view, err);
    return rc;
}

/* --- experiments --- */

/* When the first begun, or the last concluded; or null. */
static void fact_instant(struct tables_row *row, const char *name, const struct bc_fact_at *fact)
{
    tables_instant_or_null(row, name, fact ? fact->occurred_us : BC_NEVER, BC_NEVER);
}

static bc_status write_experiment(const struct tables_out *out,
                                  const struct bc_experiment_words *words, struct bc_err *err)
{
    static const struct {
        const char *name;
        size_t place;
    } texts[] = {
        { "hypothesis", BC_TEXT_EXPERIMENT_HYPOTHESIS }, { "kind", BC_TEXT_EXPERIMENT_KIND },
        { "metric", BC_TEXT_EXPERIMENT_METRIC },         { "target", BC_TEXT_EXPERIMENT_TARGET },
        { "campaign", BC_TEXT_EXPERIMENT_CAMPAIGN },     { "cost", BC_TEXT_EXPERIMENT_COST },
        { "currency", BC_TEXT_EXPERIMENT_CURRENCY },
    };
    struct tables_row row = tables_row_of(TABLE_EXPERIMENTS);

    tables_text(&row, "experiment", words->id);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        tables_text_or_null(&row, texts[i].name, bc_experiment_text(words, texts[i].place));
    fact_instant(&row, "begun", words->first_begun);
    fact_instant(&row, "concluded", words->concluded);
    tables_text_or_null(&row, "outcome", bc_experiment_end(words, BC_TEXT_CONCLUSION_OUTCOME));
    tables_text_or_null(&row, "learning", bc_experiment_end(words, BC_TEXT_CONCLUSION_LEARNING));
    return tables_row_end(&row, out, err);
}

static bc_status write_experiments(const struct deals *deals, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < deals->experiments.n; i++)
        rc = write_experiment(deals->of.out, &deals->experiments.at[i], err);
    return rc;
}

/* --- all of them --- */

static void begin_part(void *payload, void *of)
{
    ((struct part *)payload)->deals = of;
}

static void join_part(void *payload, void *part)
{
    (void)payload, (void)part;
}

static void end_part(void *part)
{
    (void)part;
}

static bc_status run(struct deals *deals, struct bc_err *err)
{
    static const struct bc_walker walker = { sizeof(struct part), begin_part, see, join_part,
                                             end_part };
    const struct tables_out *out = deals->of.out;
    struct bc_walk *walk = &deals->walk;
    bc_status rc;

    walk->threads = 1;
    bc_walk_everything(walk);
    walk->wants.until_us = INT64_MAX;
    rc = bc_about_none_read(&deals->none, walk->timelines, out->rules, walk->visible,
                            BC_FACT_BIT(BC_FACT_EXPERIMENT) | BC_FACT_BIT(BC_FACT_CONCLUSION), err);
    if (rc < 0)
        return rc;
    bc_experiment_list_fill(&deals->experiments, deals->none.facts, deals->none.n,
                            walk->dates.as_of_us[0]);
    if (out->ask->wanted & (TABLE_BIT(TABLE_MEETINGS) | TABLE_BIT(TABLE_EMAILS)))
        rc = tables_ids_read(&deals->of.ids, out->ask->basis->log, err);
    if (rc == BC_OK)
        rc = bc_walk_run(walk, &walker, deals, err);
    if (rc == BC_OK && tables_wanted(out, TABLE_EXPERIMENTS))
        rc = write_experiments(deals, err);
    if (rc == BC_OK && tables_wanted(out, TABLE_DAYS))
        rc = tables_write_days(out, deals->first_us, err);
    return rc;
}

bc_status tables_write_deals(const struct tables_out *out, struct bc_err *err)
{
    const uint32_t here =
        (TABLE_BIT(TABLE_EXPERIMENTS + 1) - TABLE_BIT(TABLE_DEALS)) | TABLE_BIT(TABLE_DAYS);
    struct deals deals = { .of = { .out = out }, .first_us = BC_NEVER };
    bc_status rc;

    if (!(out->ask->wanted & here))
        return BC_OK;
    rc = bc_walk_init(&deals.walk, out->ask->basis->timelines, &out->ask->basis->question, err);
    deals.of.walk = &deals.walk;
    deals.of.experiments = &deals.experiments;
    if (rc == BC_OK)
        rc = run(&deals, err);
    free(deals.of.facts);
    free(deals.of.activities);
    tables_ids_release(&deals.of.ids);
    bc_buf_release(&deals.of.id);
    bc_experiment_list_release(&deals.experiments);
    bc_about_none_release(&deals.none);
    bc_walk_release(&deals.walk);
    return rc;
}
