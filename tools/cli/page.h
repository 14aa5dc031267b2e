/* tools/cli/page.h - the page of a command: the text of --help besides its options, and its manual.
 *
 * A page is text in scdoc's form, NAME.scd beside the command: a title, NAME with the summary that
 * lists of commands print, DESCRIPTION, then such sections as EXAMPLES. It has paragraphs, and
 * blocks between lines of ```; other mark-up it has none, since --help prints it as it is. Options
 * and arguments are not in it: they come from the command's table (tools/cli/opt.h). */
#ifndef BC_TOOLS_CLI_PAGE_H
#define BC_TOOLS_CLI_PAGE_H

#include "ledger/base/str.h"

#include <stdio.h>

struct page {
    const char *command; /* "backcast metrics" */
    const char *text;    /* static */
};

/* The page of a command among those of a program, which end with a zeroed one. Every command has
 * one: where it is missing the process ends. */
const struct page *page_find(const struct page *pages, const char *command);

/* "every metric and red line, as of a date" */
struct bc_str page_summary(const struct page *page);

/* For --help: the description; and what comes after it, each section as "\nexamples:\n" and its
 * blocks, two spaces further right. */
void page_print_description(FILE *out, const struct page *page);
void page_print_rest(FILE *out, const struct page *page);
/* The text of a section ("EXAMPLES"), which is there: where it is missing the process ends. */
struct bc_str page_section(const struct page *page, const char *name);

/* A page that is all text: for --help, or as the source of a manual page. */
void page_print_topic(FILE *out, const struct page *page, bool man);

/* The three parts of the text, for a manual: what a command's table says comes between them. */
struct page_parts {
    struct bc_str front, description, rest;
};
struct page_parts page_parts(const struct page *page);
/* Writes a part for scdoc: a line that begins like a list or a block is none. */
void page_print_man(FILE *out, struct bc_str part);
/* Writes a text so that scdoc prints it as it is. */
void page_escape(FILE *out, const char *text);

#endif
