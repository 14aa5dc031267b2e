#include "tools/hubspot/labels.h"

#include "ledger/base/spelling.h"
#include "tools/hubspot/value.h"

#include <inttypes.h>

static bc_status take(void *payload, const struct http_answer *answer, struct bc_err *err)
{
    struct hubspot_run *run = payload;
    const json_t *results = json_object_get(answer->root, "results");

    (void)err;
    if (answer->status >= 300 || !json_is_array(results)) {
        hubspot_note_refusal(run, "labels of associations between deals", answer->status,
                             answer->root);
        return BC_OK;
    }
    run->labels_told = true;
    for (size_t i = 0; i < json_array_size(results); i++) {
        const json_t *one = json_array_get(results, i);
        struct bc_str text = hubspot_text(one, "label");

        if (text.len == 0)
            continue; /* the association that says nothing but itself */
        BC_GROW(run->labels, run->label_n, run->label_cap);
        run->labels[run->label_n++] = (struct hubspot_label){
            .text = bc_arena_copy(run->keep, text),
            .number = (int64_t)json_integer_value(json_object_get(one, "typeId")),
        };
    }
    return BC_OK;
}

void hubspot_labels_ask(struct hubspot_run *run)
{
    struct http_request request = { .missing_ok = true, .refused_ok = true };
    struct bc_buf path = { 0 };

    hubspot_account_path(run->account, &path, HUBSPOT_LABELS, "deals", "deals");
    bc_buf_add_byte(&path, '\0');
    request.path = path.at;
    http_ask(run->client, &request, take, run);
    bc_buf_release(&path);
}

/* A label, or its number. */
static bool names(struct bc_str name, struct bc_str text, int64_t number)
{
    char digits[24];

    (void)snprintf(digits, sizeof(digits), "%" PRId64, number);
    return text.len > 0 && (bc_str_eq(name, text) || bc_str_eq(name, bc_str_of(digits)));
}

bc_status hubspot_labels_check(const struct hubspot_run *run, struct bc_err *err)
{
    struct bc_str name;
    struct bc_spelling spelling;

    if (!run->account->renews_label || !run->labels_told)
        return BC_OK;
    name = bc_str_of(run->account->renews_label);
    spelling = (struct bc_spelling){ .word = name };
    for (size_t i = 0; i < run->label_n; i++) {
        if (names(name, run->labels[i].text, run->labels[i].number))
            return BC_OK;
        bc_spelling_try(&spelling, run->labels[i].text);
    }
    return bc_err_set(err, BC_E_INPUT,
                      "the account file names the label \"%.*s\", which associations between deals "
                      "do not have%s%.*s%s",
                      BC_STR_ARG(name), spelling.best.len ? "; is \"" : "",
                      BC_STR_ARG(spelling.best), spelling.best.len ? "\" meant?" : "");
}

bool hubspot_labels_renews(const struct hubspot_account *account, const json_t *types)
{
    struct bc_str name = bc_str_of(account->renews_label);

    for (size_t i = 0; i < json_array_size(types); i++) {
        const json_t *type = json_array_get(types, i);

        if (names(name, hubspot_text(type, "label"),
                  (int64_t)json_integer_value(json_object_get(type, "typeId"))))
            return true;
    }
    return false;
}
