#include "tools/connect/record.h"

#include <stdlib.h>

static struct bc_str text_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    return (struct bc_str){ json_string_value(value), json_string_length(value) };
}

static uint64_t count_of(const json_t *object, const char *key)
{
    const json_int_t n = json_integer_value(json_object_get(object, key));

    return n > 0 ? (uint64_t)n : 0;
}

static void take_differences(struct connect_record *out, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list) && i < CONNECT_KEPT_DIFFERENCES; i++) {
        const json_t *one = json_array_get(list, i);

        out->differences[out->difference_n++] =
            (struct connect_kept_difference){ text_of(one, "object"), text_of(one, "what"),
                                              text_of(one, "ledger"), text_of(one, "service") };
    }
}

/* Takes over `own`. What is of another form is as if there were none. */
static bc_status take(struct connect_record *out, struct bc_str source, json_t *own)
{
    struct bc_hash basis;
    char hash[BC_HASH_TEXT_LEN];
    const struct bc_str text = text_of(own, "basis");

    *out = (struct connect_record){ .source = source, .own = own };
    if (!json_is_object(own) || text.len >= sizeof(hash))
        return BC_DONE;
    if (bc_hash_parse(&basis, text)) {
        out->basis = basis;
        out->state = json_object_get(own, "state");
    }
    out->system = text_of(own, "system");
    out->begun_us = json_integer_value(json_object_get(own, "begun"));
    out->ended_us = json_integer_value(json_object_get(own, "ended"));
    out->read_us = json_integer_value(json_object_get(own, "readAt"));
    out->failed = json_is_true(json_object_get(own, "failed"));
    out->error = text_of(own, "error");
    out->read = count_of(own, "read");
    out->added = count_of(own, "added");
    out->duplicates = count_of(own, "duplicates");
    out->corrected = count_of(own, "corrected");
    out->compared = json_is_true(json_object_get(own, "compared"));
    out->agree = count_of(own, "agree");
    out->differ = count_of(own, "differ");
    out->untied = count_of(own, "untied");
    take_differences(out, json_object_get(own, "differences"));
    return BC_OK;
}

bc_status connect_record_load(struct connect_record *out, bc_log *log, struct bc_str source,
                              struct bc_err *err)
{
    struct bc_buf value = { 0 };
    bc_status rc = bc_meta_get_named(log, BC_META_SOURCE, source, &value, err);

    *out = (struct connect_record){ .source = source };
    if (rc == BC_OK)
        rc = take(out, source, json_loadb(value.at, value.len, 0, NULL));
    bc_buf_release(&value);
    return rc;
}

void connect_record_release(struct connect_record *record)
{
    json_decref(record->own);
    *record = (struct connect_record){ 0 };
}

static json_t *text(struct bc_str from)
{
    json_t *made = json_stringn(from.len ? from.at : "", from.len);

    return made ? made : json_string("(not UTF-8)"); /* a message that quotes a service */
}

static bool is_of_address(char c, const char *marks)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80 || (c && strchr(marks, c));
}

/* Without addresses of mail: a service names whose token it is, or whose request. */
static json_t *without_addresses(struct bc_str said)
{
    struct bc_buf out = { 0 };
    json_t *kept;

    for (size_t i = 0; i < said.len; i++) {
        size_t begin = out.len, end = i + 1;

        if (said.at[i] != '@') {
            bc_buf_add_byte(&out, said.at[i]);
            continue;
        }
        while (begin > 0 && is_of_address(out.at[begin - 1], ".!#$%&'*+/=?^_`{|}~-"))
            begin--;
        while (end < said.len && is_of_address(said.at[end], ".-"))
            end++;
        if (begin == out.len || end == i + 1) {
            bc_buf_add_byte(&out, '@');
            continue;
        }
        out.len = begin;
        bc_buf_add_str(&out, BC_STR("(address)"));
        i = end - 1;
    }
    kept = text(bc_buf_str(&out));
    bc_buf_release(&out);
    return kept;
}

static json_t *differences_of(const struct connect_record *record)
{
    json_t *list = json_array();

    for (size_t i = 0; i < record->difference_n; i++) {
        const struct connect_kept_difference *one = &record->differences[i];

        json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:o}", "object", text(one->object),
                                              "what", text(one->what), "ledger", text(one->ledger),
                                              "service", text(one->service)));
    }
    return list;
}

void connect_record_put(const struct connect_record *record, bc_append *append)
{
    char basis[BC_HASH_TEXT_LEN];
    json_t *out;
    char *value;

    bc_hash_print(basis, &record->basis);
    out = json_pack(
        "{s:o, s:I, s:I, s:I, s:b, s:o, s:I, s:I, s:I, s:I, s:b, s:I, s:I, s:I, s:o, s:s}",
        "system", text(record->system), "begun", (json_int_t)record->begun_us, "ended",
        (json_int_t)record->ended_us, "readAt", (json_int_t)record->read_us, "failed",
        (int)record->failed, "error", without_addresses(record->error), "read",
        (json_int_t)record->read, "added", (json_int_t)record->added, "duplicates",
        (json_int_t)record->duplicates, "corrected", (json_int_t)record->corrected, "compared",
        (int)record->compared, "agree", (json_int_t)record->agree, "differ",
        (json_int_t)record->differ, "untied", (json_int_t)record->untied, "differences",
        differences_of(record), "basis", basis);
    if (record->state)
        json_object_set(out, "state", record->state);
    value = json_dumps(out, JSON_COMPACT);
    bc_append_put_named(append, BC_META_SOURCE, record->source, bc_str_of(value));
    free(value);
    json_decref(out);
}

struct each {
    bc_status (*see)(void *payload, const struct connect_record *record, struct bc_err *err);
    void *payload;
};

static bc_status see_one(void *payload, struct bc_str name, struct bc_str value, struct bc_err *err)
{
    const struct each *each = payload;
    struct connect_record record;
    bc_status rc = take(&record, name, json_loadb(value.at, value.len, 0, NULL));

    if (rc == BC_OK)
        rc = each->see(each->payload, &record, err);
    connect_record_release(&record);
    return rc < 0 ? rc : BC_OK;
}

bc_status connect_record_each(bc_log *log,
                              bc_status (*see)(void *payload, const struct connect_record *record,
                                               struct bc_err *err),
                              void *payload, struct bc_err *err)
{
    struct each each = { see, payload };

    return bc_meta_each_named(log, BC_META_SOURCE, see_one, &each, err);
}
