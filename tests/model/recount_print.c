/* tests/model/recount_print.c - answers as text: for messages, and for what told cases want. */
#include "tests/model/recount.h"

#include <inttypes.h>

static void print_number(struct bc_buf *out, const char *name, struct recount_number number)
{
    if (number.is)
        bc_buf_printf(out, " %s %.10g", name, number.at);
    else
        bc_buf_printf(out, " %s null", name);
}

static void print_ids(struct bc_buf *out, const char *name, const struct recount_ids *ids)
{
    if (ids->n == 0)
        return;
    bc_buf_printf(out, " %s ", name);
    for (size_t i = 0; i < ids->n; i++)
        bc_buf_printf(out, "%s%.*s", i ? "," : "", BC_STR_ARG(ids->at[i]));
}

void recount_print_metric(struct bc_buf *out, const struct recount_metric *metric)
{
    const struct bc_kind *kind = &bc_metric_kinds[metric->kind];
    bool is_rate = kind->measure == BC_MEASURE_RATE, is_days = kind->measure == BC_MEASURE_DAYS;

    print_number(out, "value", metric->value);
    bc_buf_printf(out, " n %" PRIu64, metric->n);
    if (is_rate) {
        bc_buf_printf(out, " %s %" PRIu64, kind->hit, metric->hit);
        print_number(out, "low", metric->low);
        print_number(out, "high", metric->high);
    }
    if (is_days) {
        print_number(out, "median", metric->median);
        print_number(out, "p90", metric->p90);
    }
    if (kind->closed) {
        print_number(out, "closedMean", metric->closed_mean);
        bc_buf_printf(out, " closedN %" PRIu64, metric->closed_n);
    }
    if (is_days)
        bc_buf_printf(out, " excluded %" PRIu64, metric->excluded);
    print_ids(out, "stalled", &metric->stalled);
    for (size_t i = 0; i < metric->campaign_n; i++)
        bc_buf_printf(out, " campaign %.*s:%" PRIu64 "/%" PRIu64,
                      BC_STR_ARG(metric->campaigns[i].name), metric->campaigns[i].opened,
                      metric->campaigns[i].sent);
    print_ids(out, "deals", &metric->deals);
    bc_buf_add_byte(out, ' ');
}

void recount_print_line(struct bc_buf *out, const struct recount_line *line)
{
    static const char *const states[] = { "ok", "breached", "would_breach", "not_enough_data" };

    bc_buf_printf(out, " state %s guard %" PRIu64 " needs %" PRIu64, states[line->state],
                  line->guard, line->guard_needs);
    print_number(out, "value", line->value);
    print_number(out, "threshold", (struct recount_number){ true, line->threshold });
    print_number(out, "worst", line->worst);
    bc_buf_add_byte(out, ' ');
}

static void print_text(struct bc_buf *out, const char *name, struct bc_str text)
{
    if (text.len)
        bc_buf_printf(out, " %s %.*s", name, BC_STR_ARG(text));
}

void recount_print_finding(struct bc_buf *out, const struct recount_finding *finding)
{
    char at[BC_INSTANT_LEN];

    bc_buf_printf(out, " %s", finding->kind);
    print_text(out, "deal", finding->deal);
    print_text(out, "experiment", finding->experiment);
    print_text(out, "metric", finding->metric);
    print_text(out, "from", finding->from);
    print_text(out, "to", finding->to);
    print_text(out, "stage", finding->stage);
    print_text(out, "property", finding->property);
    print_text(out, "value", finding->value);
    print_text(out, "start", finding->start);
    print_text(out, "end", finding->end);
    print_text(out, "redLine", finding->red_line);
    print_text(out, "date", finding->date);
    print_text(out, "told", finding->told);
    print_text(out, "found", finding->found);
    print_text(out, "field", finding->field);
    print_text(out, "costs", finding->costs);
    if (finding->no_start)
        bc_buf_printf(out, " missing contract_start");
    if (finding->no_end)
        bc_buf_printf(out, " missing contract_end");
    if (finding->no_mrr)
        bc_buf_printf(out, " missing mrr");
    if (finding->event.len) {
        bc_instant_print_short(at, finding->at_us);
        bc_buf_printf(out, " at %s", at);
        print_text(out, "event", finding->event);
    }
    bc_buf_add_byte(out, ' ');
}
