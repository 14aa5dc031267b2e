#include "tests/support/import.h"

#include "ledger/base/instant.h"
#include "tools/import/importer.h"

static void print_value(struct bc_buf *out, const struct bc_field *field,
                        const struct bc_value *value)
{
    char text[BC_INSTANT_LEN];

    if (value->text.len > 0)
        bc_buf_printf(out, " %s=%.*s", field->json_name, BC_STR_ARG(value->text));
    if (value->yes)
        bc_buf_printf(out, " %s", field->json_name);
    if (value->set) {
        bc_instant_print_short(text, value->us);
        bc_buf_printf(out, " %s=%s", field->json_name, text);
    }
    for (size_t i = 0; i < value->item_n; i++)
        bc_buf_printf(out, " %s[]=%.*s", field->json_name, BC_STR_ARG(value->items[i]));
}

void import_event_print(struct bc_buf *out, const struct bc_event *event, bool ids)
{
    const struct bc_schema *schema = bc_schema(event->body);
    char time[BC_INSTANT_LEN];

    bc_instant_print_short(time, event->occurred_us);
    if (ids) {
        bc_buf_printf(out, "%.*s\n", BC_STR_ARG(event->id));
        return;
    }
    bc_buf_printf(out, "%.*s %s %s", BC_STR_ARG(event->deal), time, schema->json_name);
    for (unsigned f = 1; f <= BC_FIELD_MAX; f++)
        print_value(out, &schema->field[f], &event->value[f]);
    if (event->actor.len > 0)
        bc_buf_printf(out, " by %.*s", BC_STR_ARG(event->actor));
    if (event->source_ref.len > 0 || event->source_how.len > 0)
        bc_buf_printf(out, " from %.*s:%.*s:%.*s", BC_STR_ARG(event->source_system),
                      BC_STR_ARG(event->source_ref), BC_STR_ARG(event->source_how));
    if (event->has_source_recorded) {
        bc_instant_print_short(time, event->source_recorded_us);
        bc_buf_printf(out, " known %s", time);
    }
    bc_buf_add_byte(out, '\n');
}

/* The place without the path, which is another at each run. */
static void print_fault(struct bc_buf *out, const char *path, const struct bc_err *err)
{
    size_t len = strlen(path);

    if (strncmp(err->context, path, len) == 0)
        bc_buf_printf(out, "!%s: %s\n", err->context + len, err->message);
    else
        bc_buf_printf(out, "! %s\n", err->message);
}

static void print_note(void *to, const char *note, const char *text)
{
    bc_buf_printf(to, "%s: %s\n", note, text);
}

static void print_all(struct bc_buf *out, struct importer *importer, bc_status rc,
                      struct bc_err *err, const char *path, bool ids)
{
    const struct bc_event *event = NULL;

    if (rc < 0)
        print_fault(out, path, err);
    while (rc == BC_OK || (rc == BC_E_INPUT && importer && !importer->broken)) {
        *err = (struct bc_err){ 0 };
        rc = importer->next(importer, &event, err);
        if (rc == BC_OK)
            import_event_print(out, event, ids);
        else if (rc < 0)
            print_fault(out, path, err);
    }
    if (importer && importer->skipped > 0)
        bc_buf_printf(out, "skipped %d\n", (int)importer->skipped);
    if (importer && importer->tell)
        importer->tell(importer, print_note, out);
    importer_free(importer);
    bc_buf_add_byte(out, '\0');
}

void import_csv_print(struct bc_buf *out, const char *path, const char *map_path, bool ids)
{
    struct importer *importer = NULL;
    struct bc_err err = { 0 };
    bc_status rc = importer_csv(&importer, path, map_path, &err);

    print_all(out, importer, rc, &err, path, ids);
}

void import_xes_print(struct bc_buf *out, const char *path, const char *map_path, bool ids)
{
    struct importer *importer = NULL;
    struct bc_err err = { 0 };
    bc_status rc = importer_xes(&importer, path, map_path, &err);

    print_all(out, importer, rc, &err, path, ids);
}

void import_ocel_print(struct bc_buf *out, const char *path, const char *map_path, bool ids)
{
    struct importer *importer = NULL;
    struct bc_err err = { 0 };
    bc_status rc = importer_ocel(&importer, path, map_path, &err);

    print_all(out, importer, rc, &err, path, ids);
}
