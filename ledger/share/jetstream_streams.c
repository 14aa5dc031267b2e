#include "ledger/share/jetstream_streams.h"

#include <stdio.h>

/* For as long a message with an id that was seen is not stored again. */
#define SEEN_NS (INT64_C(120) * 1000000000)

enum { STARTING_MS = 3000 };

static const struct kind {
    const char *suffix, *subjects,
        *rest; /* `rest`: what all its subjects are, after the beginning */
    bool one_a_subject, first_stays, direct;
} kinds[BC_JS_KINDS] = {
    [BC_JS_COMMITS] = { "", "commit", "", false, false, false },
    [BC_JS_PARTS] = { "-parts", "part.", ">", true, true, true },
    [BC_JS_REPLICAS] = { "-replicas", "replica.", "*", true, false, false },
};

void bc_js_stream(char out[BC_JS_NAME], const struct bc_js_link *link, enum bc_js_kind kind)
{
    (void)snprintf(out, BC_JS_NAME, "%s%s", link->name, kinds[kind].suffix);
}

void bc_js_subject(char out[BC_JS_NAME], const struct bc_js_link *link, enum bc_js_kind kind,
                   const char *rest)
{
    (void)snprintf(out, BC_JS_NAME, "backcast.%s.%s%s", link->name, kinds[kind].subjects,
                   rest ? rest : "");
}

/* --- how a stream is set up --- */

/* What is wrong with it; NULL: nothing. */
static const char *fault_of(const jsStreamConfig *config, enum bc_js_kind kind, const char *subject)
{
    const struct kind *of = &kinds[kind];

    if (config->SubjectsLen != 1 || strcmp(config->Subjects[0], subject) != 0)
        return "it has other subjects";
    if (config->Mirror || config->SourcesLen || config->RePublish || config->Template)
        return "it takes from, or gives to, other streams";
    if (config->Storage != js_FileStorage)
        return "it is not kept in files";
    if (config->Retention != js_LimitsPolicy)
        return "messages go when they were read";
    if (!config->DenyDelete)
        return "messages can be deleted";
    if (!config->DenyPurge || config->AllowRollup)
        return "it can be emptied";
    if (config->MaxMsgs > 0 || config->MaxBytes > 0 || config->MaxAge > 0)
        return "it has a limit, and beyond that loses messages or takes no more";
    if (config->MaxMsgSize > 0)
        return "it has a limit for the size of messages";
    if (of->one_a_subject ? config->MaxMsgsPerSubject != 1 : config->MaxMsgsPerSubject > 0)
        return "it has another limit for the messages of a subject";
    if (of->first_stays && (config->Discard != js_DiscardNew || !config->DiscardNewPerSubject))
        return "messages can be replaced";
    if (of->direct && !config->AllowDirect)
        return "single messages cannot be read directly";
    if (config->NoAck)
        return "it acknowledges nothing";
    if (config->Sealed)
        return "it is sealed";
    return NULL;
}

static void describe(jsStreamConfig *config, enum bc_js_kind kind)
{
    const struct kind *of = &kinds[kind];

    config->Storage = js_FileStorage;
    config->Retention = js_LimitsPolicy;
    config->Discard = of->one_a_subject && !of->first_stays ? js_DiscardOld : js_DiscardNew;
    config->DiscardNewPerSubject = of->first_stays;
    config->MaxMsgsPerSubject = of->one_a_subject ? 1 : -1;
    config->MaxConsumers = config->MaxMsgs = config->MaxBytes = -1;
    config->MaxMsgSize = -1;
    config->DenyDelete = config->DenyPurge = true;
    config->AllowDirect = of->direct;
    config->Duplicates = SEEN_NS;
}

/* --- are they as they should be? --- */

/* BC_DONE: it is not there. */
static bc_status check(const struct bc_js_try *attempt, enum bc_js_kind kind, struct bc_err *err)
{
    char stream[BC_JS_NAME], subject[BC_JS_NAME];
    jsStreamInfo *info = NULL;
    const char *fault;
    bc_status rc;

    bc_js_stream(stream, attempt->link, kind);
    bc_js_subject(subject, attempt->link, kind, kinds[kind].rest);
    rc = bc_js_info(attempt, &info, stream, err);
    if (rc != BC_OK)
        return rc;
    fault = info->Config ? fault_of(info->Config, kind, subject) : "nothing is said of it";
    if (fault)
        rc = bc_err_set(err, BC_E_INPUT, "the stream %s is not set up as one of backcast's: %s",
                        stream, fault);
    attempt->link->nats->jsStreamInfo_Destroy(info);
    return rc;
}

bc_status bc_js_streams_check(struct bc_js_link *link, struct bc_err *err)
{
    const struct bc_js_try attempt = bc_js_try(link, "open");
    bc_status rc = BC_OK;

    for (int kind = 0; rc == BC_OK && kind < BC_JS_KINDS; kind++) {
        rc = check(&attempt, (enum bc_js_kind)kind, err);
        if (rc == BC_DONE)
            rc = bc_err_set(err, BC_E_INPUT, "there is no shared log %s%s on these servers",
                            link->name, kind == BC_JS_COMMITS ? "" : ", or it lacks a stream,");
    }
    return rc;
}

/* --- made --- */

/* Are there fewer servers than copies? One that is just starting is waited for. */
static bool is_too_many(jsErrCode code, int64_t after_ms)
{
    return code == JSStreamReplicasNotSupportedErr ||
           (code == JSClusterNoPeersErr && after_ms > STARTING_MS);
}

/* Of so many copies, or of fewer where the cluster has fewer servers. */
static bc_status make(const struct bc_js_try *attempt, enum bc_js_kind kind, unsigned *copies,
                      struct bc_err *err)
{
    const struct nats_lazy *nats = attempt->link->nats;
    char stream[BC_JS_NAME], subject[BC_JS_NAME];
    const char *subjects[] = { subject };
    const int64_t began = bc_js_now_ms();
    bc_status rc = BC_OK;

    bc_js_stream(stream, attempt->link, kind);
    bc_js_subject(subject, attempt->link, kind, kinds[kind].rest);
    while (rc == BC_OK) {
        jsStreamConfig config;
        jsOptions how;
        jsErrCode code = 0;
        natsStatus status;

        (void)nats->jsStreamConfig_Init(&config);
        (void)nats->jsOptions_Init(&how);
        describe(&config, kind);
        config.Name = stream;
        config.Subjects = subjects;
        config.SubjectsLen = 1;
        config.Replicas = *copies;
        how.Wait = bc_js_try_wait(attempt);
        status = nats->js_AddStream(NULL, attempt->link->js, &config, &how, &code);
        if (status == NATS_OK)
            return BC_OK;
        if (*copies > 1 && is_too_many(code, bc_js_now_ms() - began))
            --*copies;
        else
            rc = bc_js_try_again(attempt, status, code, err);
    }
    return rc;
}

bc_status bc_js_streams_make(struct bc_js_link *link, unsigned *copies, struct bc_err *err)
{
    const struct bc_js_try attempt = bc_js_try(link, "make");
    bc_status rc = check(&attempt, BC_JS_COMMITS, err);

    *copies = BC_JETSTREAM_COPIES;
    if (rc == BC_OK)
        return bc_err_set(err, BC_E_INPUT, "the shared log %s is there already", link->name);
    for (int kind = BC_JS_KINDS - 1; rc == BC_DONE && kind >= 0; kind--) {
        rc = kind == BC_JS_COMMITS ? BC_DONE : check(&attempt, (enum bc_js_kind)kind, err);
        if (rc == BC_DONE)
            rc = make(&attempt, (enum bc_js_kind)kind, copies, err);
        if (rc == BC_OK)
            rc = BC_DONE;
    }
    return rc == BC_DONE ? BC_OK : rc;
}
