/* tools/site/frame/call.h - for insiders: one page being made. It opens what all pages have, the
 * rules in hand and the date; the page asks its commands; what they answered lives until the page
 * is whole.
 *
 *     bc_status stalled_page(struct call_page *call, struct bc_err *err)
 *     {
 *         const struct row *deals;
 *         bc_status rc = call_ask(&deals, call, CALL_ALL, (const char *[]){ "deals", NULL }, err);
 *
 *         if (rc < 0)
 *             return rc;
 *         call_page_begin(call, &(struct document_head){ ... });
 *         ...
 *         call_page_end(call);
 *         return BC_OK;
 *     } */
#ifndef BC_TOOLS_SITE_FRAME_CALL_H
#define BC_TOOLS_SITE_FRAME_CALL_H

#include "tools/ask/basis.h"
#include "tools/ask/opened.h"
#include "tools/cli/names.h"
#include "tools/cli/times.h"
#include "tools/pages/document.h"
#include "tools/pages/page_cells.h"
#include "tools/print/kept.h"
#include "tools/site/frame/request.h"

struct call_page;

typedef bc_status call_page_fn(struct call_page *call, struct bc_err *err);

/* A page of the site. */
struct call_place {
    const char *name;   /* in its address: "red-lines" */
    const char *label;  /* in the bar: "Red lines"; NULL: it is reached from others */
    const char *within; /* of those: the page of the bar that it belongs to */
    call_page_fn *make;
    const char *about; /* the key in its address of what it is about; NULL: it is the only one */
    bool live;         /* only where somebody answers: not among files */
    bool as_it_is; /* it shows the ledger as it is, whatever is known at when: as of then it cannot
                      be made again */
};

struct call_page {
    struct site *site;
    const struct call_place *place;
    const struct site_request *request;
    struct cmd_env env; /* of the page: its names and times are those of the basis */
    struct basis basis; /* under the first of the rules; its one date is set */
    struct when as_of;
    struct page_about about;
    struct document_frame frame;
    struct html_out out;       /* the document */
    const struct kept **noted; /* answers whose notes the page says; borrowed */
    size_t noted_n, noted_cap;
    struct kept **kept; /* what was answered */
    size_t kept_n, kept_cap;
    bc_arena *arena; /* of words */
    char *rules;     /* those of the address; or NULL */
    /* Of the frame; NULL: the usual ones. */
    bool (*address)(struct bc_buf *out, const struct document_frame *frame, const char *page,
                    const struct document_pair *pairs, size_t n);
    struct bc_buf head;         /* of the frame */
    struct site_answer *answer; /* for pages that are none: a download, another address */
};

/* Whether somebody answers what is asked next: not in a folder of files, nor where a page is made
 * to be compared with another. */
bool call_answered(const struct call_page *call);
/* The call whose frame it is. */
static inline struct call_page *call_of_frame(const struct document_frame *frame)
{
    return (struct call_page *)((char *)(uintptr_t)frame - offsetof(struct call_page, frame));
}

/* A parameter of the address; empty where it has none. */
struct bc_str call_param(const struct call_page *call, const char *key);

/* Which parts of the question go with a command, as its options: the others it does not have. */
enum call_options {
    CALL_AS_OF = 1,
    CALL_TO = 2, /* the date as --to */
    CALL_SLICE = 4,
    CALL_KNOWN_AT = 8,
    CALL_CLOCK = 16,
    CALL_RULES = 32,     /* the first of those given */
    CALL_RULES_ALL = 64, /* all of them */
    CALL_BASIS = CALL_KNOWN_AT | CALL_CLOCK | CALL_RULES,
    CALL_ALL = CALL_AS_OF | CALL_SLICE | CALL_BASIS,
};

/* Asks a command, "stages", "--days=90", NULL, for what it answers programs. A word from the
 * address is in one word with its option, `--stage=...`, and is never one of its own. *out
 * lives as long as the call. An error is the command's. */
typedef bc_status call_ask_fn(const struct row **out, struct call_page *call, unsigned options,
                              const char *const *words, struct bc_err *err);
call_ask_fn call_ask;
/* The same of answers that are many: a row each. */
bc_status call_ask_rows(struct rows *out, struct call_page *call, unsigned options,
                        const char *const *words, struct bc_err *err);
/* The same of an answer that other pages will ask for in the same words, as what rests on the
 * ledger alone, or on another date than the slider's: it is kept until the ledger has changed. */
call_ask_fn call_ask_once;
/* The same where the command writes what it answers into a file, as with --html=- and --svg=-. */
bc_status call_ask_text(struct bc_buf *out, struct call_page *call, unsigned options,
                        const char *const *words, struct bc_err *err);
/* An answer with the command's drawing of it, in each width of pages: markup, which is put where it
 * is wanted with html_out_drawing, and given back by the caller. */
bc_status call_ask_drawn(const struct row **out, struct bc_buf *drawing, struct call_page *call,
                         unsigned options, const char *const *words, struct bc_err *err);
/* An option with a value from the address: "--stage=" and the value. Lives as long as the call;
 * NULL where it has none, so that it may end a list of words. */
const char *call_option(struct call_page *call, const char *option, const char *key);
const char *call_option_of(struct call_page *call, const char *option, struct bc_str value);

/* The rows within an answer's cell; none where there is no such cell. */
struct rows call_rows(const struct row *answer, const char *key);

/* For frame.below where the document is a command's own: what `put` puts into the page, into that.
 */
void call_put_below(struct html_out *out, const struct document_frame *frame,
                    void (*put)(struct call_page *call));

/* Begins the document; a title without the date: the heading. */
void call_page_begin(struct call_page *call, const char *heading, struct bc_str lead,
                     const struct document_place *places, size_t n);
/* Notes of all that was asked, if there are any; the basis; the end. */
void call_page_end(struct call_page *call);

/* What a call is begun with, for this page of the request. */
void call_init(struct call_page *call, struct site *site, const struct call_place *place,
               const struct site_request *request);
/* The page itself, of what the request asks; an error where a page says why it cannot be made. */
bc_status call_make(struct call_page *call, struct bc_err *err);
void call_release(struct call_page *call);

#endif
