/* tools/connect/dropbox_sign.c - requests for signatures, out of Dropbox Sign (formerly HelloSign):
 * agreementSent, agreementSigned, agreementDeclined.
 *
 * Source of the form: https://developers.hellosign.com/api/reference (GET /signature_request/list).
 * There is no list of what changed: an old request that is signed today looks the same in its
 * place. So each run reads the whole list, 100 requests at a time. Nor does a decline have a time:
 * it is dated by the run that found it. Names, addresses and what signers typed are not kept. */
#include "tools/connect/dropbox_sign.h"

#include "ledger/base/instant.h"

#include <strings.h>

enum { CHAIN_MAX = 100 };

struct account {
    const struct bc_str *metadata, *titles, *senders;
    size_t metadata_n, title_n, sender_n;
    bool team, test_mode;
};

static const struct connect_kind tests = {
    "testRequests", "request is a test, and not binding: left out, as `test_mode` says",
    "requests are tests, and not binding: left out, as `test_mode` says"
};
static const struct connect_kind foreign = {
    "requestsOfOthers", "request was sent by somebody else, and only received: left out",
    "requests were sent by somebody else, and only received: left out"
};
static const struct connect_kind undated = { "undated",
                                             "request or signature has no time: left out",
                                             "requests or signatures have no time: left out" };
static const struct connect_kind early = {
    "signedBeforeSent", "signature is dated before its request was sent: taken as it is",
    "signatures are dated before their requests were sent: taken as they are"
};
static const struct connect_kind observed = {
    "declinesObserved", "decline has no time in this service: dated by the import that found it",
    "declines have no time in this service: dated by the imports that found them"
};
static const struct connect_kind long_chain = {
    "reassignedOften",
    "signature was reassigned more than 100 times, or in a circle: not followed further",
    "signatures were reassigned more than 100 times, or in circles: not followed further"
};
static const struct connect_kind nameless = { "nameless",
                                              "request or signature has no id: left out",
                                              "requests or signatures have no id: left out" };

/* ---- the account file ---- */

enum { METADATA, TITLES, SENDERS, TEAM, TEST_MODE, KEY_N };
static const struct bc_field_key keys[KEY_N] = {
    [METADATA] = { "metadata", 0, 0 },   [TITLES] = { "titles", 0, 0 },
    [SENDERS] = { "senders", 0, 0 },     [TEAM] = { "team", 0, 0 },
    [TEST_MODE] = { "test_mode", 0, 0 },
};

static bc_status take_account(const void **out, const struct bc_fields *in,
                              const struct bc_yaml *const *values, const struct bc_yaml *file)
{
    static const struct bc_str metadata[] = { { "hubspot_deal_id", 15 } };
    struct account *account = bc_arena_alloc(in->arena, sizeof(*account));
    bc_status rc = BC_OK;

    (void)file;
    *account = (struct account){ .metadata = metadata, .metadata_n = 1 };
    if (values[METADATA])
        rc = bc_fields_texts(in, &account->metadata, &account->metadata_n, values[METADATA], 0);
    if (rc == BC_OK)
        rc = connect_account_titles(&account->titles, &account->title_n, in, values[TITLES]);
    if (rc == BC_OK && values[SENDERS])
        rc = bc_fields_texts(in, &account->senders, &account->sender_n, values[SENDERS], 1);
    if (rc == BC_OK && values[TEAM])
        rc = bc_fields_bool(in, &account->team, values[TEAM]);
    if (rc == BC_OK && values[TEST_MODE])
        rc = bc_fields_bool(in, &account->test_mode, values[TEST_MODE]);
    *out = account;
    return rc;
}

/* ---- a request ---- */

/* "bd@x.org", or "@x.org" for all of a domain. */
static bool is_sender(const struct account *account, struct bc_str address)
{
    for (size_t i = 0; i < account->sender_n; i++) {
        const struct bc_str sender = account->senders[i];

        if (address.len >= sender.len && (sender.at[0] == '@' || address.len == sender.len) &&
            strncasecmp(address.at + address.len - sender.len, sender.at, sender.len) == 0)
            return true;
    }
    return account->sender_n == 0;
}

static void gather_clues(struct connect_clues *clues, struct connect_run *run,
                         const struct account *account, const json_t *request, struct bc_str ref)
{
    const json_t *metadata = json_object_get(request, "metadata");
    struct bc_str title = connect_text(run, request, "title");

    *clues = (struct connect_clues){ 0 };
    connect_clue(clues, CONNECT_OBJECT, ref);
    for (size_t i = 0; i < account->metadata_n; i++)
        connect_clue(clues, CONNECT_DEAL, connect_text(run, metadata, account->metadata[i].at));
    for (size_t i = 0; i < account->title_n; i++)
        connect_clue_title(clues, title, account->titles[i]);
}

/* A request as it is told: what its events have in common. */
struct told {
    struct connect_run *run;
    struct bc_str id, ref;
    struct connect_clues clues;
    const json_t *signatures;
    json_t *replaced;       /* signatures, by those that took their place */
    int64_t sent_us;        /* -1: not said */
    struct bc_str declined; /* of a delivery: the signature that it says was declined just now; */
    bool delivered;         /* of others it does not say when */
};

/* Of each signature that took the place of another: which. The caller's to json_decref. */
static json_t *replaced_by(const json_t *signatures)
{
    json_t *out = json_object();

    for (size_t i = 0; i < json_array_size(signatures); i++) {
        const json_t *one = json_array_get(signatures, i);
        const char *id = json_string_value(json_object_get(one, "signature_id"));
        json_t *from = json_object_get(one, "reassigned_from");

        if (id && json_string_length(from))
            json_object_set(out, id, from);
    }
    return out;
}

/* The id of the signature that a reassigned one took the place of first. */
static struct bc_str signer_of(struct connect_run *run, const struct told *told,
                               const json_t *signature)
{
    const json_t *from = json_object_get(signature, "signature_id");
    struct bc_str id = connect_text(run, signature, "signature_id");

    for (unsigned steps = 0; steps <= CHAIN_MAX; steps++) {
        from = json_string_value(from) ? json_object_get(told->replaced, json_string_value(from))
                                       : NULL;
        if (!from)
            return id;
        id = (struct bc_str){ json_string_value(from), json_string_length(from) };
    }
    connect_note(run, &long_chain, told->ref);
    return id;
}

static bc_status tell(struct told *told, enum bc_body body, struct bc_str event_id,
                      int64_t occurred_us, struct bc_str signer, struct bc_str how,
                      struct bc_err *err)
{
    struct bc_event event = connect_event(told->run, body, occurred_us, told->ref);

    event.id = event_id;
    event.source_how = how;
    connect_set(&event, "agreement", told->id);
    if (signer.len)
        connect_set(&event, "signer", signer);
    connect_expect(told->run, told->ref, body, true);
    return connect_tell_tied(told->run, &event, &told->clues, NULL, err);
}

static bc_status tell_signature(struct told *told, const json_t *signature, struct bc_err *err)
{
    struct connect_run *run = told->run;
    const struct bc_str id = connect_text(run, signature, "signature_id");
    const struct bc_str status = connect_text(run, signature, "status_code");
    const struct bc_str signer = signer_of(run, told, signature);
    struct bc_str event_id;
    int64_t us;

    if (id.len == 0) {
        connect_note(run, &nameless, told->ref);
        return BC_OK;
    }
    if (bc_str_eq(status, BC_STR("declined"))) {
        if (told->delivered && !bc_str_eq(id, told->declined))
            return BC_OK;
        event_id = connect_id(run, "signature/%.*s/declined", BC_STR_ARG(id));
        connect_note(run, &observed, told->ref);
        return tell(told, BC_AGREEMENT_DECLINED, event_id, connect_found_us(run, event_id), signer,
                    CONNECT_OBSERVED, err);
    }
    if (!bc_str_eq(status, BC_STR("signed")))
        return BC_OK;
    event_id = connect_id(run, "signature/%.*s/signed", BC_STR_ARG(id));
    if (!connect_instant(&us, signature, "signed_at")) {
        connect_note(run, &undated, told->ref);
        connect_leave(run, event_id);
        return BC_OK;
    }
    if (us < told->sent_us)
        connect_note(run, &early, told->ref);
    return tell(told, BC_AGREEMENT_SIGNED, event_id, us, signer, (struct bc_str){ 0 }, err);
}

static bc_status tell_sent(struct told *told, const json_t *request, struct bc_err *err)
{
    const struct bc_str event_id = connect_id(told->run, "%.*s/sent", BC_STR_ARG(told->ref));

    if (connect_instant(&told->sent_us, request, "created_at"))
        return tell(told, BC_AGREEMENT_SENT, event_id, told->sent_us, (struct bc_str){ 0 },
                    (struct bc_str){ 0 }, err);
    connect_note(told->run, &undated, told->ref);
    connect_leave(told->run, event_id);
    return BC_OK;
}

static bool is_left_out(struct connect_run *run, const struct account *account,
                        const json_t *request, struct bc_str ref)
{
    if (json_is_true(json_object_get(request, "test_mode")) && !account->test_mode) {
        connect_note(run, &tests, ref);
        return true;
    }
    if (!is_sender(account, connect_text(run, request, "requester_email_address"))) {
        connect_note(run, &foreign, ref);
        return true;
    }
    return false;
}

/* `told` is as its delivery says, or `{ 0 }`. */
static bc_status tell_state(struct told told, struct connect_run *run,
                            const struct account *account, const json_t *request,
                            struct bc_err *err)
{
    static const char why[] = "by what the request and the account file say now it is none";
    bc_status rc = BC_OK;

    told.run = run;
    told.sent_us = -1;
    told.id = connect_text(run, request, "signature_request_id");
    if (told.id.len == 0) {
        connect_note(run, &nameless, (struct bc_str){ 0 });
        return BC_OK;
    }
    told.ref = connect_print(run, "request/%.*s", BC_STR_ARG(told.id));
    told.signatures = json_object_get(request, "signatures");
    if (connect_is_listed(run, told.ref) && !told.delivered) /* the list moved, or is read again */
        return BC_OK;
    run->objects++;
    connect_listed(run, told.ref);
    if (is_left_out(run, account, request, told.ref))
        return connect_told_all(run, told.ref, CONNECT_ALL_BODIES, why, err);
    gather_clues(&told.clues, run, account, request, told.ref);
    rc = tell_sent(&told, request, err);
    told.replaced = replaced_by(told.signatures);
    for (size_t i = 0; rc == BC_OK && i < json_array_size(told.signatures); i++)
        rc = tell_signature(&told, json_array_get(told.signatures, i), err);
    json_decref(told.replaced);
    if (rc == BC_OK)
        rc = connect_told_all(run, told.ref, CONNECT_ALL_BODIES, why, err);
    return rc == BC_OK ? connect_portion(run, err) : rc;
}

static bc_status tell_request(struct connect_run *run, const json_t *request, struct bc_err *err)
{
    return tell_state((struct told){ 0 }, run, run->account->own, request, err);
}

/* A delivery holds the request as it was then. */
static bc_status deliver(struct connect_run *run, const json_t *body, struct bc_err *err)
{
    const json_t *event = json_object_get(body, "event");
    const json_t *request = json_object_get(body, "signature_request");
    struct told told = { .delivered = true };

    if (!json_is_object(request))
        return BC_DONE;
    if (bc_str_eq(connect_text(run, event, "event_type"), BC_STR("signature_request_declined")) &&
        connect_instant(&run->now_us, event, "event_time"))
        told.declined =
            connect_text(run, json_object_get(event, "event_metadata"), "related_signature_id");
    return tell_state(told, run, run->account->own, request, err);
}

/* ---- the list ---- */

/* One that the ledger has and the list has not. */
static bc_status look_at(struct connect_run *run, struct bc_str ref, struct bc_err *err)
{
    static const int allowed[] = { 404, 410, 0 };
    struct http_answer answer;
    struct bc_buf path = { 0 };
    bc_status rc;

    bc_buf_add_str(&path, BC_STR("/signature_request/"));
    http_path_add(&path, ref.at + strlen("request/"));
    rc = connect_get(run, &answer, &path, &(struct http_request){ .allowed = allowed }, err);
    if (rc == BC_OK && answer.status < 300)
        rc = tell_request(run, json_object_get(answer.root, "signature_request"), err);
    http_answer_release(&answer);
    return rc;
}

static bool is_unlisted(const struct connect_run *run, const struct connect_object *object)
{
    return object->bodies && bc_str_begins(object->ref, BC_STR("request/")) &&
           !connect_is_listed(run, object->ref);
}

static bc_status read(struct connect_run *run, struct bc_err *err)
{
    const struct account *account = run->account->own;
    bc_status rc = dropbox_sign_list(run, account->team, tell_request, err);

    for (size_t i = 0; rc == BC_OK && i < connect_known_objects(run->known); i++)
        if (is_unlisted(run, connect_known_object_at(run->known, i)))
            rc = look_at(run, connect_known_object_at(run->known, i)->ref, err);
    connect_listed_all(run, "request/");
    return rc;
}

/* ---- the service ---- */

static void say(struct bc_buf *out, const json_t *root)
{
    const json_t *error = json_object_get(root, "error");
    const char *name = json_string_value(json_object_get(error, "error_name"));
    const char *text = json_string_value(json_object_get(error, "error_msg"));

    bc_buf_printf(out, "%s%s%s", name ? name : "", name && text ? ": " : "", text ? text : "");
}

static const char *const plain_members[] = {
    "account_id",           "client_id",   "error_name",  "reassigned_from", "signature_id",
    "signature_request_id", "status_code", "template_id", "template_ids",    "type",
    "warning_name",         NULL,
};
static const char *const plain_own[] = { "metadata", "custom_fields", "response_data", NULL };
static const struct http_plain plain = { .members = plain_members, .own = plain_own };

static const struct http_service service = {
    .name = "Dropbox Sign",
    .reset_at = "X-Ratelimit-Reset",
    .said = say,
    .limit_wait_us = INT64_C(60) * BC_SECOND_US,
    .plain = &plain,
};

static const char *const forms[] = { "request/", NULL };
static const char *const domains[] = { "hellosign.com", NULL };

const struct connector connector_dropbox_sign = {
    .word = "dropbox-sign",
    .system = "dropbox_sign",
    .title = "Dropbox Sign",
    .base_url = "https://api.hellosign.com/v3",
    .domains = domains,
    .forms = forms,
    .token_variable = "DROPBOX_SIGN_KEY",
    .auth = HTTP_BASIC_USER,
    .service = &service,
    .in_flight_max = 1,
    .limit_n = 90, /* of 100 a minute */
    .limit_us = INT64_C(60) * BC_SECOND_US,
    .keys = keys,
    .key_n = KEY_N,
    .take_account = take_account,
    .read = read,
    .deliver = deliver,
    .discover = dropbox_sign_discover,
};
