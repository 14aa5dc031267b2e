#include "tools/discover/discover_draft.h"

#include "projections/yaml/yaml.h"
#include "tools/cli/text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { COMMENT_COLUMN = 40, SENTENCE = 1024 };

void discover_add(struct discover_draft *draft, const char *format, ...)
{
    char text[SENTENCE];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    bc_buf_add_str(&draft->line, bc_str_of(text));
}

void discover_add_text(struct discover_draft *draft, struct bc_str text)
{
    bc_yaml_print_text(&draft->line, text);
}

void discover_add_column(struct discover_draft *draft, size_t column)
{
    draft->used[column] = true;
    discover_add_text(draft, draft->guess->survey->columns[column].name);
}

void discover_add_cell(struct discover_draft *draft, size_t column)
{
    struct bc_buf text = { 0 };

    draft->used[column] = true;
    bc_buf_printf(&text, "{%.*s}", BC_STR_ARG(draft->guess->survey->columns[column].name));
    discover_add_text(draft, bc_buf_str(&text));
    bc_buf_release(&text);
}

void discover_end_plain(struct discover_draft *draft)
{
    bc_buf_add_str(&draft->map, bc_buf_str(&draft->line));
    bc_buf_add_byte(&draft->map, '\n');
    draft->line.len = 0;
}

static void add_remark(struct discover_draft *draft, struct discover_note note, const char *text)
{
    const struct discover_survey *survey = draft->guess->survey;
    struct bc_str column = { 0 };

    if (note.column != DISCOVER_NO_COLUMN)
        column = survey->columns[note.column].name;
    BC_GROW(draft->remarks, draft->remark_n, draft->remark_cap);
    draft->remarks[draft->remark_n++] =
        (struct discover_remark){ note.kind, column, note.rows,
                                  bc_arena_copy(survey->arena, bc_str_of(text)) };
}

static const char *mark_of(enum discover_kind kind)
{
    switch (kind) {
    case DISCOVER_CHECK:
        return "CHECK: ";
    case DISCOVER_DECIDE:
        return "DECIDE: ";
    case DISCOVER_TOLD:
    case DISCOVER_LEFT_OUT:
        break;
    }
    return "";
}

void discover_end(struct discover_draft *draft, struct discover_note note, const char *format, ...)
{
    char text[SENTENCE];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    while (draft->line.len < COMMENT_COLUMN - 2)
        bc_buf_add_byte(&draft->line, ' ');
    discover_add(draft, "  # %s", mark_of(note.kind));
    text_escape(&draft->line, bc_str_of(text));
    if (note.kind == DISCOVER_CHECK || note.kind == DISCOVER_DECIDE)
        discover_add(draft, " (%" PRIu64 " row%s)", note.rows, text_plural(note.rows));
    discover_end_plain(draft);
    if (note.kind != DISCOVER_TOLD)
        add_remark(draft, note, text);
}

void discover_remark(struct discover_draft *draft, struct discover_note note, const char *format,
                     ...)
{
    char text[SENTENCE];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    add_remark(draft, note, text);
}

void discover_draft_release(struct discover_draft *draft)
{
    bc_buf_release(&draft->map);
    bc_buf_release(&draft->line);
    free(draft->used);
    free(draft->remarks);
    *draft = (struct discover_draft){ 0 };
}
