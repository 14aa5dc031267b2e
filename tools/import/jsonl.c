/* The contract's JSONL: one event a line. */
#include "tools/cli/input.h"
#include "tools/import/importers.h"
#include "tools/import/source.h"
#include "tools/json/event_json.h"

#include <inttypes.h>
#include <stdlib.h>

struct jsonl {
    struct importer importer; /* first, so that a pointer to one is a pointer to the other */
    struct input input;
    source_file *source; /* NULL: */
    struct bc_str text;  /* what is left to be read of it */
    event_reader *reader;
    uint64_t ahead; /* the JSON reader has indexed the lines up to here, in bytes read */
    struct bc_event event;
};

static bool is_blank(struct bc_str line)
{
    for (size_t i = 0; i < line.len; i++)
        if (line.at[i] != ' ' && line.at[i] != '\t' && line.at[i] != '\r')
            return false;
    return true;
}

/* Lets the JSON reader index the lines that are there, unless it has. */
static void look_ahead(struct jsonl *jsonl, struct bc_str line)
{
    struct bc_str text;

    if (jsonl->input.taken <= jsonl->ahead)
        return;
    text = input_ahead(&jsonl->input, line);
    event_reader_ahead(jsonl->reader, text);
    jsonl->ahead = jsonl->input.taken;
    if (text.len > line.len)
        jsonl->ahead += (uint64_t)(text.at + text.len + 1 - input_rest(&jsonl->input).at);
}

static bc_status jsonl_next(struct importer *self, const struct bc_event **out, struct bc_err *err)
{
    struct jsonl *jsonl = (struct jsonl *)self;
    size_t column = INPUT_LINE_MAX + 1;
    bc_status rc;

    do
        rc = input_line(&jsonl->input, &self->raw, err);
    while (rc == BC_OK && is_blank(self->raw));
    self->line = jsonl->input.line;
    self->bytes = jsonl->input.taken;
    self->unsound = jsonl->source && source_broken(jsonl->source);
    self->broken = self->unsound || jsonl->input.endless;
    if (self->unsound)
        return rc;
    if (rc == BC_OK) {
        look_ahead(jsonl, self->raw);
        rc = event_reader_read(jsonl->reader, &jsonl->event, &column, self->raw, err);
    }
    if (rc == BC_E_INPUT)
        return bc_err_in(err, rc, "%s:%" PRIu64 ":%zu", self->name, self->line, column);
    if (rc == BC_OK)
        *out = &jsonl->event;
    return rc;
}

static size_t jsonl_column(struct importer *self, struct bc_where where)
{
    return event_reader_column(((struct jsonl *)self)->reader, where);
}

static void jsonl_free(struct importer *self)
{
    struct jsonl *jsonl = (struct jsonl *)self;

    event_reader_free(jsonl->reader);
    input_close(&jsonl->input);
    source_free(jsonl->source);
    free(jsonl);
}

static struct jsonl *open_input(const struct input *input)
{
    struct jsonl *jsonl = bc_calloc(1, sizeof(*jsonl));

    jsonl->input = *input;
    jsonl->reader = event_reader_new();
    jsonl->importer = (struct importer){
        .next = jsonl_next, .column = jsonl_column, .free = jsonl_free, .name = input->name
    };
    return jsonl;
}

bc_status importer_jsonl(struct importer **out, const char *path, struct bc_err *err)
{
    struct jsonl *jsonl;
    struct input input;
    source_file *source;
    bc_status rc = source_input(&input, &source, path, err);

    if (rc < 0)
        return rc;
    jsonl = open_input(&input);
    jsonl->source = source;
    *out = &jsonl->importer;
    return BC_OK;
}

static bc_status read_text(void *from, char *out, size_t size, size_t *len, struct bc_err *err)
{
    struct bc_str *text = from;

    (void)err;
    *len = size < text->len ? size : text->len;
    if (*len == 0)
        return BC_DONE;
    memcpy(out, text->at, *len);
    *text = (struct bc_str){ text->at + *len, text->len - *len };
    return BC_OK;
}

struct importer *importer_jsonl_text(const char *name, struct bc_str text)
{
    const struct input input = { .name = bc_strdup(bc_str_of(name)), .fd = -1 };
    struct jsonl *jsonl = open_input(&input);

    jsonl->text = text;
    input_read_by(&jsonl->input, read_text, &jsonl->text);
    return &jsonl->importer;
}

static bc_status open_row(struct importer **out, const char *path, const char *map_path,
                          struct bc_err *err)
{
    (void)map_path;
    return importer_jsonl(out, path, err);
}

const struct importer_row importer_jsonl_row = {
    .word = "jsonl",
    .open = open_row,
};
