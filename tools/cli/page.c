#include "tools/cli/page.h"

#include <assert.h>
#include <ctype.h>

#define DESCRIPTION "\n# DESCRIPTION\n"
#define SECTION     "\n# "

const struct page *page_find(const struct page *pages, const char *command)
{
    while (pages->command && strcmp(pages->command, command) != 0)
        pages++;
    assert(pages->command);
    return pages;
}

struct page_parts page_parts(const struct page *page)
{
    const char *description = strstr(page->text, DESCRIPTION);
    const char *rest;

    assert(description);
    description++;
    rest = strstr(description, SECTION);
    rest = rest ? rest + 1 : description + strlen(description);
    return (struct page_parts){
        .front = { page->text, (size_t)(description - page->text) },
        .description = { description, (size_t)(rest - description) },
        .rest = bc_str_of(rest),
    };
}

struct bc_str page_summary(const struct page *page)
{
    const char *begin = strstr(page->text, " - ");

    assert(begin);
    begin += strlen(" - ");
    return (struct bc_str){ begin, strcspn(begin, "\n") };
}

/* A line of the text, without its end; false: there is none. */
static bool next_line(struct bc_str *text, struct bc_str *line)
{
    const char *end = text->len ? memchr(text->at, '\n', text->len) : NULL;

    if (!end)
        return false;
    *line = (struct bc_str){ text->at, (size_t)(end - text->at) };
    *text = bc_str_part(*text, line->len + 1, text->len);
    return true;
}

static void print_heading(FILE *out, struct bc_str line)
{
    fputc('\n', out);
    for (size_t i = strlen("# "); i < line.len; i++)
        fputc(tolower((unsigned char)line.at[i]), out);
    fputs(":\n", out);
}

/* Paragraphs as they are, blocks further right; blank lines only between two things. */
static void print_body(FILE *out, struct bc_str text, bool headings)
{
    struct bc_str line;
    bool block = false, begun = false, blank = false;

    while (next_line(&text, &line)) {
        if (bc_str_eq(line, BC_STR("```"))) {
            block = !block;
        } else if (line.len == 0 && !block) {
            blank = begun;
        } else if (headings && !block && line.at[0] == '#') {
            print_heading(out, line);
            begun = blank = false;
        } else {
            fprintf(out, "%s%s%.*s\n", blank ? "\n" : "", block ? "  " : "", BC_STR_ARG(line));
            blank = false;
            begun = true;
        }
    }
}

void page_print_description(FILE *out, const struct page *page)
{
    struct bc_str text = page_parts(page).description, heading;

    if (next_line(&text, &heading))
        print_body(out, text, false);
}

void page_print_rest(FILE *out, const struct page *page)
{
    print_body(out, page_parts(page).rest, true);
}

struct bc_str page_section(const struct page *page, const char *name)
{
    struct bc_str rest = page_parts(page).rest, line;
    const char *end;

    while (next_line(&rest, &line))
        if (line.len > strlen("# ") && line.at[0] == '#' &&
            bc_str_eq(bc_str_part(line, strlen("# "), line.len), bc_str_of(name)))
            break;
    assert(rest.len);
    end = strstr(rest.at, SECTION);
    return (struct bc_str){ rest.at, end ? (size_t)(end - rest.at) : rest.len };
}

void page_print_man(FILE *out, struct bc_str part)
{
    struct bc_str line;
    bool block = false;

    while (next_line(&part, &line)) {
        bool fence = bc_str_eq(line, BC_STR("```"));

        block = block != fence;
        if (!block && !fence && line.len > 0 && strchr("-`", line.at[0]))
            fputc('\\', out);
        fprintf(out, "%.*s\n", BC_STR_ARG(line));
    }
}

void page_escape(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (strchr("\\*_<>#`", *text))
            fputc('\\', out);
        fputc(*text, out);
    }
}

void page_print_topic(FILE *out, const struct page *page, bool man)
{
    const struct page_parts parts = page_parts(page);

    if (man) {
        page_print_man(out, parts.front);
        page_print_man(out, parts.description);
        page_print_man(out, parts.rest);
    } else {
        page_print_description(out, page);
        page_print_rest(out, page);
    }
}
