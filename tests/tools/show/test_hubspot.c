/* tools/show/hubspot: what an import from HubSpot reports, on terminals of some widths. */
#include "ledger/store/store.h"
#include "tests/support/check.h"
#include "tools/show/hubspot.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static struct shown {
    const char *name;
    int width;
    const char *want; /* the differences, and what HubSpot does not say */
} rows[] = {
    { "through a pipe", 0,
      "deal                    what          ledger                   HubSpot\n"
      "hubspot:deal/900719925  stage         discovery, in the sales  appointmentscheduled\n"
      "9001                    contract_end  \xe2\x80\x93                        2031-01-01\n"
      "\n"
      "what HubSpot does not say:\n"
      "  1 meeting is over and was left without an outcome: it counts as not held\n" },
    { "on a terminal of 80 columns", 80,
      "deal                    what          ledger             HubSpot\n"
      "hubspot:deal/900719925  stage         discovery, in the  appointmentscheduled\n"
      "                                      sales              \n"
      "9001                    contract_end  \xe2\x80\x93                  2031-01-01\n"
      "\n"
      "what HubSpot does not say:\n"
      "  1 meeting is over and was left without an outcome: it counts as not held\n" },
    { "on one of 60", 60,
      "deal            what          ledger        HubSpot\n"
      "hubs\xe2\x80\xa6"
      "900719925  stage         discovery,    appointmentsch\n"
      "                              in the sales  eduled\n"
      "9001            contract_end  \xe2\x80\x93             2031-01-01\n"
      "\n"
      "what HubSpot does not say:\n"
      "  1 meeting is over and was left without an outcome: it\n"
      "  counts as not held\n" },
};

static void report_row(void **state)
{
    const struct shown *row = *state;
    struct hubspot_difference differences[] = {
        { BYTES("hubspot:deal/900719925"), HUBSPOT_STAGE, BYTES("discovery, in the sales"),
          BYTES("appointmentscheduled") },
        { BYTES("9001"), HUBSPOT_CONTRACT_END, BYTES(""), BYTES("2031-01-01") },
    };
    const struct hubspot_reconciled reconciled = {
        .agree = 1, .differ = 2, .differences = differences, .n = ARRAY_LEN(differences)
    };
    struct hubspot_account account = { 0 };
    struct hubspot_run run = { .account = &account };
    struct unknown_words words = { 0 };
    struct hubspot_result result = { .run = &run, .reconciled = &reconciled, .words = &words };
    char *text = NULL, *at, *end;
    size_t len = 0;
    const struct cmd_env env = { .out = open_memstream(&text, &len), .width = row->width };
    bc_log *log = NULL;
    struct bc_err err;

    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    result.log = log;
    run.notes.of_meetings.open = 1;
    hubspot_show_text(&env, &result);
    fclose(env.out);
    at = strstr(text, "deal   ");
    assert_non_null(at);
    end = strstr(at, "\nledger:");
    assert_non_null(end);
    end[0] = '\0';
    assert_string_equal(at, row->want);
    free(text);
    bc_log_close(log);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    setlocale(LC_CTYPE, "C.UTF-8");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, report_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/show/hubspot", tests, NULL, NULL);
}
