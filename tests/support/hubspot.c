#include "tests/support/hubspot.h"

#include "tests/support/check.h"
#include "tests/support/import.h"
#include "tools/hubspot/deal.h"

static bc_status print(void *payload, const struct bc_event *event, struct bc_err *err)
{
    struct hubspot_bench *bench = payload;
    struct bc_event shown = *event;

    (void)err;
    assert_true(bc_str_eq(event->source_system, BC_STR("hubspot")));
    if (shown.source_recorded_us == shown.occurred_us)
        shown.has_source_recorded = false;
    check_ok(bc_event_check(event, NULL, err), err);
    import_event_print(&bench->out, &shown, bench->ids);
    return BC_OK;
}

void hubspot_bench_init(struct hubspot_bench *bench, const char *account)
{
    struct bc_err err = { 0 };

    *bench = (struct hubspot_bench){ 0 };
    check_ok(hubspot_account_parse(&bench->account, bc_str_of(account), "account.yaml", NULL, &err),
             &err);
    hubspot_run_init(&bench->run);
    bench->run.account = bench->account;
    bench->run.known = hubspot_index_new();
    bench->run.sink = (struct hubspot_sink){ .take = print, .payload = bench };
    bench->run.now_us = HUBSPOT_NOW_US;
}

void hubspot_bench_release(struct hubspot_bench *bench)
{
    hubspot_index_free(bench->run.known);
    hubspot_run_release(&bench->run);
    hubspot_account_free(bench->account);
    bc_buf_release(&bench->out);
}

json_t *hubspot_json(const char *text)
{
    char *copy = bc_strdup(bc_str_of(text));
    json_error_t error;
    json_t *value;

    for (char *at = copy; *at; at++)
        if (*at == '\'')
            *at = '"';
    value = json_loads(copy, JSON_REJECT_DUPLICATES, &error);
    if (!value)
        fail_msg("%s: %s", error.text, copy);
    free(copy);
    return value;
}

void hubspot_bench_deals(struct hubspot_bench *bench, const char *deals)
{
    json_t *list = hubspot_json(deals);
    struct bc_err err = { 0 };

    for (size_t i = 0; i < json_array_size(list); i++)
        check_ok(hubspot_deal_events(&bench->run, json_array_get(list, i), &err), &err);
    json_decref(list);
}

const char *hubspot_bench_lines(struct hubspot_bench *bench)
{
    bc_buf_add_byte(&bench->out, '\0');
    bench->out.len = 0;
    return bench->out.at;
}
