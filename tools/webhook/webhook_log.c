#include "tools/webhook/webhook_log.h"

#include "ledger/base/instant.h"
#include "tools/connect/run.h"
#include "tools/hubspot/delivered.h"
#include "tools/import/source.h"
#include "tools/webhook/signature.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#define WINDOW_US    (INT64_C(300) * BC_SECOND_US)
#define UNVERIFIED   "unverified"
#define HUBSPOT_FILE "hubspot.yaml"
#define NOT_ASKED    "https://localhost" /* in place of where a service is, by its account file */

/* What is counted of a log. */
enum count {
    UNSIGNED, /* and taken */
    LATE,
    NO_TIME,
    HANDSHAKES,
    OPEN_BODIES,
    HINTS,
    REPEATS,
    OTHERS,
    COUNT_N
};
static const struct connect_kind counts[COUNT_N] = {
    [UNSIGNED] = { "unverified",
                   "delivery is not verified: its events have the source \"unverified\"",
                   "deliveries are not verified: their events have the source \"unverified\"" },
    [LATE] = { "late",
               "delivery came more than five minutes after it was signed, as one that is sent "
               "again "
               "by somebody else would: it is taken",
               "deliveries came more than five minutes after they were signed, as those that are "
               "sent again by somebody else would: they are taken" },
    [NO_TIME] = { "noReceivedAt",
                  "delivery has no \"receivedAt\": whether it came within five minutes of its "
                  "signature is not known",
                  "deliveries have no \"receivedAt\": whether they came within five minutes of "
                  "their signatures is not known" },
    [HANDSHAKES] = { "handshakes", "delivery is a handshake, in which a secret stands",
                     "deliveries are handshakes, in which secrets stand" },
    [OPEN_BODIES] = { "bodiesUnsigned",
                      "delivery is signed by its kind and time alone, as the service does it: what "
                      "it says of the request may be anybody's, and is taken",
                      "deliveries are signed by their kind and time alone, as the service does it: "
                      "what they say of the requests may be anybody's, and is taken" },
    [HINTS] = { "hints",
                "entry says that something changed, and not what: the service's own import "
                "tells it",
                "entries say that something changed, and not what: the services' own imports tell "
                "it" },
    [REPEATS] = { "repeats", "entry says again what a property had: no change",
                  "entries say again what a property had: no changes" },
    [OTHERS] = { "ofUnknown", "delivery is of no service that is known: left out",
                 "deliveries are of no service that is known: left out" },
};

/* A service of which something was delivered. */
struct service {
    const struct connector *is;
    struct connect_account *account;
    struct connect_run run;
    size_t loose_before; /* objects of no known deal, of earlier imports */
    bool open;
};
enum { SERVICES_MAX = 32 };

struct webhook_log {
    struct importer importer; /* first, so that a pointer to one is a pointer to the other */
    struct webhook_log_opts opts;
    struct input input;
    source_file *source;
    struct hubspot_account *hubspot;
    hubspot_told *told; /* of HubSpot */
    struct service services[SERVICES_MAX];
    uint64_t counts[COUNT_N];
    bc_arena *arena; /* of the events that wait, and of what they are made from */
    struct bc_event *events;
    size_t event_n, event_cap, event_at;
    bool verified; /* the delivery under way is */
};

/* ---- events that wait ---- */

static struct bc_str copy(struct webhook_log *log, struct bc_str text)
{
    return text.len ? bc_arena_copy(log->arena, text) : (struct bc_str){ 0 };
}

static bc_status take(void *payload, struct bc_event *event, struct bc_err *err)
{
    struct webhook_log *log = payload;
    struct bc_event kept = *event;

    (void)err;
    kept.id = copy(log, event->id);
    kept.deal = copy(log, event->deal);
    kept.actor = copy(log, event->actor);
    kept.source_system = copy(log, event->source_system);
    kept.source_ref = copy(log, event->source_ref);
    kept.source_how = log->verified ? copy(log, event->source_how) : BC_STR(UNVERIFIED);
    for (size_t i = 0; i < sizeof(kept.value) / sizeof(kept.value[0]); i++)
        kept.value[i].text = copy(log, event->value[i].text);
    BC_GROW(log->events, log->event_n, log->event_cap);
    log->events[log->event_n++] = kept;
    return BC_OK;
}

static bc_status keep_on(void *payload, struct bc_err *err)
{
    (void)payload;
    (void)err;
    return BC_OK;
}

/* ---- services ---- */

static size_t loose_n(const struct connect_run *run)
{
    struct connect_loose *loose;
    const size_t n = connect_untied_list(&loose, &run->untied);

    free(loose);
    return n;
}

static bc_status open_service(struct webhook_log *log, struct service *service, struct bc_err *err)
{
    const struct connector *is = service->is;
    const struct bc_str system = bc_str_of(is->system), *properties = NULL;
    struct connect_run *run = &service->run;
    char path[80];
    size_t n;
    bc_status rc;

    snprintf(path, sizeof(path), "%s.yaml", is->word);
    rc = connect_account_read(&service->account, is, path, NOT_ASKED, err);
    if (rc < 0)
        return rc;
    connect_run_init(run);
    service->open = true;
    run->is = is;
    run->account = service->account;
    run->links = log->opts.links;
    run->sink = (struct connect_sink){ take, keep_on, log };
    run->state = json_object();
    run->delivered = true;
    n = connect_links_properties(log->opts.links, system, &properties, run->keep);
    rc = connect_untied_load(&run->untied, log->opts.log, bc_str_of(service->account->name), err);
    service->loose_before = rc >= 0 ? loose_n(run) : 0;
    if (rc == BC_OK)
        rc = connect_known_read(&run->known, log->opts.log, system, properties, n, err);
    return rc;
}

static void close_service(struct service *service)
{
    if (service->open) {
        connect_known_free(service->run.known);
        connect_run_release(&service->run);
    }
    connect_account_free(service->account);
}

/* BC_DONE: there is no connector that knows its deliveries. */
static bc_status service_of(struct service **out, struct webhook_log *log,
                            enum webhook_sender sender, struct bc_err *err)
{
    for (size_t i = 0; i < log->opts.connector_n; i++) {
        struct service *service = &log->services[i];

        if (strcmp(service->is->word, webhook_sender[sender].word) != 0 || !service->is->deliver)
            continue;
        *out = service;
        return service->open ? BC_OK : open_service(log, service, err);
    }
    return BC_DONE;
}

static bc_status open_hubspot(struct webhook_log *log, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (log->told)
        return BC_OK;
    if (access(HUBSPOT_FILE, F_OK) == 0)
        rc = hubspot_account_read(&log->hubspot, HUBSPOT_FILE, NOT_ASKED, err);
    else
        log->hubspot = hubspot_account_new();
    return rc == BC_OK ? hubspot_told_read(&log->told, log->opts.log, err) : rc;
}

/* ---- a delivery ---- */

static bc_status take_hubspot(struct webhook_log *log, const struct webhook_delivery *delivery,
                              struct bc_err *err)
{
    struct hubspot_delivered to = { .arena = log->arena, .take = take, .payload = log };
    const json_t *entries = delivery->content;
    bc_status rc = open_hubspot(log, err);

    if (rc == BC_OK && !json_is_array(entries))
        return BC_DONE; /* of a workflow's own making */
    to.account = log->hubspot;
    to.told = log->told;
    for (size_t i = 0; rc == BC_OK && i < json_array_size(entries); i++)
        rc = hubspot_delivered_check(json_array_get(entries, i), err);
    for (size_t i = 0; rc == BC_OK && i < json_array_size(entries); i++) {
        rc = hubspot_delivered(&to, json_array_get(entries, i), err);
        log->counts[HINTS] += rc == BC_DONE;
        rc = rc == BC_DONE ? BC_OK : rc;
    }
    log->counts[REPEATS] += to.repeats;
    return rc;
}

static bc_status take_delivery(struct webhook_log *log, const struct webhook_delivery *delivery,
                               struct bc_err *err)
{
    struct service *service = NULL;
    bc_status rc;

    if (delivery->sender == WEBHOOK_HUBSPOT)
        return take_hubspot(log, delivery, err);
    rc = service_of(&service, log, delivery->sender, err);
    if (rc != BC_OK)
        return rc;
    service->run.how = log->verified ? (struct bc_str){ 0 } : BC_STR(UNVERIFIED);
    service->run.now_us = delivery->received_us >= 0 ? delivery->received_us : 0;
    return service->is->deliver(&service->run, delivery->content, err);
}

static void check_window(struct webhook_log *log, const struct webhook_delivery *delivery,
                         int64_t signed_us)
{
    if (signed_us < 0)
        return;
    if (delivery->received_us < 0)
        log->counts[NO_TIME]++;
    else
        log->counts[LATE] += llabs(delivery->received_us - signed_us) > WINDOW_US;
}

/* BC_OK: what it says may be taken. BC_DONE: it says nothing. */
static bc_status check(struct webhook_log *log, const struct webhook_delivery *delivery,
                       struct bc_err *err)
{
    const struct webhook_sender_row *row = &webhook_sender[delivery->sender];
    int64_t signed_us;
    const enum webhook_verdict verdict = webhook_verify(delivery, log->opts.secrets, &signed_us);

    log->verified = verdict == WEBHOOK_VALID;
    if (verdict == WEBHOOK_HANDSHAKE) {
        log->counts[HANDSHAKES]++;
        return BC_DONE;
    }
    if (verdict == WEBHOOK_VALID) {
        log->counts[OPEN_BODIES] += delivery->sender == WEBHOOK_DROPBOX_SIGN;
        check_window(log, delivery, signed_us);
        return BC_OK;
    }
    if (verdict == WEBHOOK_INVALID)
        return bc_err_set(err, BC_E_INPUT, "the signature does not fit: not from %s, or altered",
                          row->title);
    if (log->opts.unverified) {
        log->counts[delivery->sender == WEBHOOK_UNKNOWN ? OTHERS : UNSIGNED]++;
        return delivery->sender == WEBHOOK_UNKNOWN ? BC_DONE : BC_OK;
    }
    if (verdict == WEBHOOK_NO_SECRET)
        return bc_err_set(err, BC_E_INPUT,
                          "no secret of %s's is at hand; set $%s, use --secret-file, or take such "
                          "lines by --unverified",
                          row->title, row->variable);
    return bc_err_set(err, BC_E_INPUT,
                      "the delivery of %s has no signature, or not what that needs", row->title);
}

static bc_status read_line(struct webhook_log *log, struct bc_str line, struct bc_err *err)
{
    struct webhook_delivery delivery;
    bc_status rc = webhook_delivery_read(&delivery, line, err);

    if (rc == BC_OK)
        rc = check(log, &delivery, err);
    if (rc == BC_OK) {
        rc = take_delivery(log, &delivery, err);
        log->counts[HINTS] += rc == BC_DONE;
    }
    webhook_delivery_release(&delivery);
    return rc == BC_DONE ? BC_OK : rc;
}

/* ---- the source ---- */

static bool is_blank(struct bc_str line)
{
    for (size_t i = 0; i < line.len; i++)
        if (line.at[i] != ' ' && line.at[i] != '\t' && line.at[i] != '\r')
            return false;
    return true;
}

static bc_status next_line(struct webhook_log *log, struct bc_err *err)
{
    struct importer *self = &log->importer;
    bc_status rc = input_line(&log->input, &self->raw, err);

    self->line = log->input.line;
    self->bytes = log->input.taken;
    self->unsound = source_broken(log->source);
    self->broken = self->unsound || log->input.endless;
    if (self->unsound || rc == BC_DONE)
        return rc;
    bc_arena_reset(log->arena);
    log->event_n = log->event_at = 0;
    if (rc == BC_OK && !is_blank(self->raw))
        rc = read_line(log, self->raw, err);
    if (rc != BC_E_INPUT)
        return rc;
    log->event_n = 0; /* a line is taken whole, or not */
    return bc_err_in(err, rc, "%s:%" PRIu64 ":1", self->name, self->line);
}

static bc_status log_next(struct importer *self, const struct bc_event **out, struct bc_err *err)
{
    struct webhook_log *log = (struct webhook_log *)self;

    while (log->event_at == log->event_n) {
        bc_status rc = next_line(log, err);

        if (rc != BC_OK)
            return rc;
    }
    *out = &log->events[log->event_at++];
    return BC_OK;
}

static size_t log_column(struct importer *self, struct bc_where where)
{
    (void)self;
    (void)where;
    return 1;
}

static void say(const struct connect_kind *kind, uint64_t n, const struct bc_str *which,
                size_t which_n, importer_say *to_say, void *to)
{
    struct bc_buf text = { 0 };

    bc_buf_printf(&text, "%" PRIu64 " %s", n, n == 1 ? kind->one : kind->many);
    for (size_t i = 0; i < which_n; i++)
        bc_buf_printf(&text, "%s%.*s", i ? ", " : ": ", BC_STR_ARG(which[i]));
    if (which_n && which_n < n)
        bc_buf_add_str(&text, BC_STR(", ..."));
    bc_buf_add_byte(&text, '\0');
    to_say(to, kind->name, text.at);
    bc_buf_release(&text);
}

/* Those that the log brought, not those that waited before. */
static void tell_loose(const struct service *service, importer_say *to_say, void *to)
{
    const size_t n = loose_n(&service->run);
    char text[200];

    if (n <= service->loose_before)
        return;
    snprintf(text, sizeof(text),
             "%zu more object%s of %s %s of no known deal, and told once it is: `deals --unlinked` "
             "lists %s",
             n - service->loose_before, n - service->loose_before == 1 ? "" : "s",
             service->is->title, n - service->loose_before == 1 ? "is" : "are",
             n - service->loose_before == 1 ? "it" : "them");
    to_say(to, "unlinked", text);
}

static void log_tell(const struct importer *self, importer_say *to_say, void *to)
{
    const struct webhook_log *log = (const struct webhook_log *)self;

    for (unsigned i = 0; i < COUNT_N; i++)
        if (log->counts[i])
            say(&counts[i], log->counts[i], NULL, 0, to_say, to);
    for (size_t i = 0; i < log->opts.connector_n; i++) {
        const struct connect_run *run = &log->services[i].run;

        for (size_t note = 0; log->services[i].open && note < run->note_n; note++)
            say(run->notes[note].kind, run->notes[note].n, run->notes[note].which,
                run->notes[note].which_n, to_say, to);
        if (log->services[i].open)
            tell_loose(&log->services[i], to_say, to);
    }
}

static void log_free(struct importer *self)
{
    struct webhook_log *log = (struct webhook_log *)self;

    for (size_t i = 0; i < log->opts.connector_n; i++)
        close_service(&log->services[i]);
    hubspot_account_free(log->hubspot);
    hubspot_told_free(log->told);
    bc_arena_free(log->arena);
    free(log->events);
    input_close(&log->input);
    source_free(log->source);
    free(log);
}

void webhook_log_keep(struct importer *source, bc_append *append)
{
    struct webhook_log *log = (struct webhook_log *)source;

    for (size_t i = 0; i < log->opts.connector_n; i++) {
        struct service *service = &log->services[i];

        if (service->open)
            connect_untied_put(&service->run.untied, append, bc_str_of(service->account->name));
    }
}

bc_status webhook_log_open(struct importer **out, const struct webhook_log_opts *opts,
                           struct bc_err *err)
{
    struct input input;
    source_file *source;
    struct webhook_log *log;
    bc_status rc = source_input(&input, &source, opts->path, err);

    if (rc < 0)
        return rc;
    assert(opts->connector_n <= SERVICES_MAX);
    log = bc_calloc(1, sizeof(*log));
    log->opts = *opts;
    log->input = input;
    log->source = source;
    log->arena = bc_arena_new();
    for (size_t i = 0; i < opts->connector_n; i++)
        log->services[i].is = opts->connectors[i];
    log->importer = (struct importer){ .next = log_next,
                                       .column = log_column,
                                       .tell = log_tell,
                                       .free = log_free,
                                       .yields = true,
                                       .gives_way = UNVERIFIED,
                                       .name = log->input.name };
    *out = &log->importer;
    return BC_OK;
}
