/* Answers of HubSpot's API, in place of the wire: the client, its judgement of answers, the survey,
 * discovery and the reading of an account. The account file that discovery writes reads back; valid
 * events survive; the token is in no trace and no error.
 *
 * Chunks with lines "%%" between them. The first one's words say what is done: "thorough" (survey,
 * and discovery), "since", "again" (a second reading), "calls" (that count, and renewals by a
 * label). Each other one answers one question: the first whose path holds its first line, or else
 * the next; before it a status may stand ("429 owners"). What comes below that line is the body. */
#include "ledger/record/event.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/hubspot.h"
#include "tests/support/still_clock.h"
#include "tools/http/http_wire.h"
#include "tools/hubspot/discover.h"
#include "tools/hubspot/pull.h"
#include "tools/hubspot/service.h"
#include "tools/hubspot/survey.h"

#include <stdlib.h>

static const char token[] = "tok-secret-tok";
enum { CHUNKS_MOST = 512, IN_FLIGHT_MOST = 8 };

/* --- the wire --- */

struct chunk {
    struct bc_str bytes;
    bool used;
};

struct http_wire {
    struct {
        void *tag;
        const char *path;
    } flying[IN_FLIGHT_MOST];
    unsigned n;
    struct http_reply reply;
};

static struct chunk chunks[CHUNKS_MOST];
static size_t chunk_n;

bc_status http_wire_new(http_wire **out, const struct http_wire_opts *opts, struct bc_err *err)
{
    (void)err;
    FUZZ_MUST(opts->in_flight_max <= IN_FLIGHT_MOST, "too many at a time");
    *out = bc_calloc(1, sizeof(**out));
    return BC_OK;
}

void http_wire_free(http_wire *wire)
{
    if (wire)
        bc_buf_release(&wire->reply.body);
    free(wire);
}

bc_status http_wire_set_token(http_wire *wire, const char *fresh, struct bc_err *err)
{
    (void)wire;
    (void)fresh;
    (void)err;
    return BC_OK;
}

unsigned http_wire_in_flight(const http_wire *wire)
{
    return wire->n;
}

void http_wire_send(http_wire *wire, void *tag, const struct http_sending *sending)
{
    const char *path = sending->path;

    FUZZ_MUST(path[0] == '/' && path[1] != '/', "a question to another host: %s", path);
    for (const char *at = path; *at; at++)
        FUZZ_MUST((uint8_t)*at > ' ' && *at != 0x7f, "a path with a blank: %s", path);
    wire->flying[wire->n].tag = tag;
    wire->flying[wire->n++].path = path;
}

void http_wire_drop(http_wire *wire)
{
    wire->n = 0;
}

void http_wire_wait(http_wire *wire, int64_t us)
{
    (void)wire;
    (void)us;
}

static struct bc_str first_line(const struct chunk *chunk)
{
    const char *end = chunk->bytes.len ? memchr(chunk->bytes.at, '\n', chunk->bytes.len) : NULL;

    return (struct bc_str){ chunk->bytes.at,
                            end ? (size_t)(end - chunk->bytes.at) : chunk->bytes.len };
}

/* The status at the beginning of a line, which is removed; 200 where there is none. */
static int take_status(struct bc_str *line)
{
    int status = 0;

    if (line->len < 4 || line->at[3] != ' ')
        return 200;
    for (int i = 0; i < 3; i++)
        status = status * 10 + (line->at[i] >= '0' && line->at[i] <= '9' ? line->at[i] - '0' : 9);
    line->at += 4;
    line->len -= 4;
    return status;
}

static struct chunk *answer_of(const char *path)
{
    struct chunk *next = NULL;

    for (size_t i = 1; i < chunk_n; i++) {
        struct bc_str line = first_line(&chunks[i]);

        if (chunks[i].used)
            continue;
        (void)take_status(&line);
        if (line.len > 2 && memmem(path, strlen(path), line.at, line.len))
            return &chunks[i];
        if (!next)
            next = &chunks[i];
    }
    return next;
}

bool http_wire_next(http_wire *wire, void **tag, const struct http_reply **reply)
{
    struct bc_buf body = wire->reply.body;
    struct chunk *chunk;
    struct bc_str line;

    if (wire->n == 0)
        return false;
    chunk = answer_of(wire->flying[0].path);
    body.len = 0;
    wire->reply = (struct http_reply){ .outcome = HTTP_IMPOSSIBLE,
                                       .problem = "no more",
                                       .retry_after_us = -1,
                                       .limit_n = -1,
                                       .limit_left = -1,
                                       .limit_us = -1,
                                       .day_left = -1,
                                       .date_us = -1,
                                       .reset_us = -1,
                                       .body = body };
    if (chunk) {
        line = first_line(chunk);
        bc_buf_add(&wire->reply.body, chunk->bytes.at + line.len, chunk->bytes.len - line.len);
        wire->reply.outcome = HTTP_ANSWERED;
        wire->reply.status = take_status(&line);
        (void)strcpy(wire->reply.type, "application/json");
        chunk->used = true;
    }
    *tag = wire->flying[0].tag;
    *reply = &wire->reply;
    memmove(&wire->flying[0], &wire->flying[1], --wire->n * sizeof(wire->flying[0]));
    return true;
}

/* --- a run --- */

static const char account_text[] =
    "stages: { \"1002\": outreach, \"1003\": discovery, \"1005\": proposal }\n"
    "properties: { contract_start: contract_start_date, contract_end: contract_end_date, amount: "
    "amount }\n"
    "meeting_types: { Discovery call: discovery }\n"
    "loss_reason: closed_lost_reason\n"
    "loss_reasons: { Too expensive: price }\n"
    "email_campaign: hs_template_id\n"
    "order_url: configurator_url\n"
    "observed_sources: [IMPORT, MIGRATION]\n"
    "read: [meetings, emails, companies, orders]\n";
static const char calls_text[] = "calls: meetings\nrenews_label: Renews\n";

static bc_status sink(void *payload, const struct bc_event *event, struct bc_err *err)
{
    bc_status rc = bc_event_check(event, NULL, err);

    (void)payload;
    FUZZ_MUST(bc_str_eq(event->source_system, BC_STR("hubspot")), "an event of another source");
    if (rc == BC_OK)
        fuzz_must_be_event(event);
    return rc;
}

static void check_discovery(struct hubspot_run *run)
{
    struct hubspot_discovered found = { 0 };
    struct hubspot_account *account = NULL;
    struct bc_buf text = { 0 };
    bc_rules *rules = NULL;
    struct bc_err err = { 0 };

    FUZZ_MUST(bc_rules_default(&rules, &err) == BC_OK, "%s", err.message);
    hubspot_discover(&found, run, rules, &text);
    FUZZ_MUST(hubspot_account_parse(&account, bc_buf_str(&text), "hubspot.yaml", NULL, &err) ==
                  BC_OK,
              "what discovery writes is refused: %s: %s: %.*s", err.context, err.message,
              (int)text.len, text.at);
    hubspot_account_free(account);
    hubspot_discovered_release(&found);
    bc_buf_release(&text);
    bc_rules_free(rules);
}

static bool asked_for(const char *word)
{
    return chunk_n && chunks[0].bytes.len &&
           memmem(chunks[0].bytes.at, chunks[0].bytes.len, word, strlen(word));
}

static bc_status read_account(struct hubspot_run *run, struct bc_err *err)
{
    struct hubspot_pull pull = { .since_asked = asked_for("since"),
                                 .since_us = INT64_C(1740000000000000) };
    bc_status rc = hubspot_survey(run, asked_for("thorough"), err);

    if (rc == BC_OK && asked_for("thorough"))
        check_discovery(run);
    if (rc == BC_OK)
        rc = hubspot_survey_check(run, err);
    if (rc == BC_OK)
        rc = hubspot_pull(run, &pull, NULL, err);
    if (rc == BC_OK && asked_for("again")) {
        for (size_t i = 0; i < chunk_n; i++)
            chunks[i].used = false;
        rc = hubspot_pull(run, &pull, NULL, err);
    }
    return rc;
}

static void take_chunks(struct bc_str rest)
{
    bool more = true;

    for (chunk_n = 0; more && chunk_n < CHUNKS_MOST; chunk_n++) {
        chunks[chunk_n].used = false;
        more = fuzz_cut(&chunks[chunk_n].bytes, &rest, rest);
    }
}

static struct hubspot_account *account_of(void)
{
    struct hubspot_account *account = NULL;
    struct bc_buf text = { 0 };
    struct bc_err err = { 0 };

    bc_buf_add_str(&text, BC_STR(account_text));
    if (asked_for("calls"))
        bc_buf_add_str(&text, BC_STR(calls_text));
    FUZZ_MUST(hubspot_account_parse(&account, bc_buf_str(&text), "a.yaml", NULL, &err) == BC_OK,
              "%s", err.message);
    bc_buf_release(&text);
    return account;
}

int fuzz_one(const uint8_t *data, size_t len)
{
    struct hubspot_account *account;
    struct hubspot_run run;
    struct bc_err err = { 0 };
    int64_t now_us = 0;
    char *traced = NULL;
    size_t traced_len = 0;
    FILE *trace = open_memstream(&traced, &traced_len);
    struct http_clock clock = still_clock(&now_us);
    struct http_opts opts = { .base_url = "https://127.0.0.1:1",
                              .token = token,
                              .clock = &clock,
                              .trace = trace,
                              .service = &hubspot_service };

    take_chunks((struct bc_str){ (const char *)data, len });
    account = account_of();
    hubspot_run_init(&run);
    FUZZ_MUST(http_client_new(&run.client, &opts, &err) == BC_OK, "%s", err.message);
    run.account = account;
    run.known = hubspot_index_new();
    run.sink = (struct hubspot_sink){ sink, NULL, NULL };
    run.now_us = HUBSPOT_NOW_US;
    FUZZ_MUST(read_account(&run, &err) == BC_OK || err.message[0], "a failure without a word");
    fclose(trace);
    FUZZ_MUST(!strstr(err.message, token) && !strstr(err.context, token),
              "the token is in an error");
    FUZZ_MUST(!memmem(traced ? traced : "", traced_len, token, strlen(token)),
              "the token is in the trace");
    free(traced);
    http_client_free(run.client);
    hubspot_index_free(run.known);
    hubspot_run_release(&run);
    hubspot_account_free(account);
    return 0;
}
