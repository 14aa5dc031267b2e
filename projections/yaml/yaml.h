/* projections/yaml/yaml.h - a YAML document as a tree with the place of each part.
 *
 * A small and safe part of YAML: one document of maps, lists and scalars. Anchors, aliases, tags,
 * keys given twice, control characters and deep nesting are refused, so a tree is never larger than
 * its text. A fault that is found in a value later can still be reported with its line and
 * column. */
#ifndef BC_PROJECTIONS_YAML_YAML_H
#define BC_PROJECTIONS_YAML_YAML_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"

#define BC_YAML_MAX   (1 << 20) /* bytes of a document */
#define BC_YAML_DEPTH 16        /* maps and lists within each other */

enum bc_yaml_kind { BC_YAML_SCALAR, BC_YAML_LIST, BC_YAML_MAP };

struct bc_yaml {
    enum bc_yaml_kind kind;
    bool plain;         /* a scalar without quotes: may be a number, a yes or no, or nothing */
    size_t at;          /* offset of its first byte in the text; of its key, for an empty value */
    struct bc_str text; /* scalar; ends with a NUL, which is not counted */
    struct bc_str key;  /* its key, for a member of a map; ends with a NUL */
    size_t key_at;
    const struct bc_yaml *first, *next; /* members of a map or list, in the text's order */
    size_t n;                           /* how many */
};

/* What is read: where the text is from, for messages, and the text itself. */
struct bc_yaml_source {
    const char *path;
    struct bc_str text;
};

/* Adds a file's bytes, of one that is too long BC_YAML_MAX + 1. BC_DONE: there is no such file. */
bc_status bc_yaml_load(struct bc_buf *out, const char *path, struct bc_err *err);

/* The tree of a text; lives in `arena`. BC_E_INPUT: *err names line and column, with a caret. */
bc_status bc_yaml_read(const struct bc_yaml **out, bc_arena *arena,
                       const struct bc_yaml_source *source, struct bc_err *err);

/* The same of a file of which every key may be left out: one with nothing in it, or comments alone,
 * is a map without members. */
bc_status bc_yaml_read_keys(const struct bc_yaml **out, bc_arena *arena,
                            const struct bc_yaml_source *source, struct bc_err *err);

/* BC_E_INPUT about the text at an offset: the sentence, "PATH:LINE:COLUMN" as its context, and the
 * line with a caret as its excerpt. Columns count bytes, from 1. */
bc_status bc_yaml_fault(const struct bc_yaml_source *source, size_t at, struct bc_err *err,
                        const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Adds the place and the excerpt to a sentence that is there already; returns `rc`. */
bc_status bc_yaml_place(const struct bc_yaml_source *source, size_t at, bc_status rc,
                        struct bc_err *err);

/* A text cut for a message: so many bytes at most, whole characters. */
struct bc_str bc_yaml_clip(struct bc_str text);

/* No value: an empty plain one, `~` or `null`. */
bool bc_yaml_is_null(const struct bc_yaml *node);

/* Writes a scalar, well-formed UTF-8, so that it reads back as the same text: plain where that is
 * safe, else quoted, with what is unsafe to print escaped. */
void bc_yaml_print_text(struct bc_buf *out, struct bc_str text);

#endif
