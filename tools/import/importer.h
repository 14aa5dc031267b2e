/* tools/import/importer.h - a source of events: a file in some form in, events out.
 *
 * An importer reads and parses; it appends nothing. It remembers where each event is, so that
 * faults found later can still be reported with line and column. */
#ifndef BC_TOOLS_IMPORT_IMPORTER_H
#define BC_TOOLS_IMPORT_IMPORTER_H

#include "ledger/record/event.h"

/* Takes what is to be said of a source besides its events: the kind of note, and a sentence. Both
 * are lent. */
typedef void importer_say(void *to, const char *note, const char *text);

struct importer {
    /* BC_OK: *out lives until the next call. BC_DONE: the end. BC_E_INPUT: this entry is bad, *err
     * says what and where (its context is "FILE:LINE:COLUMN"); the next call goes on after it,
     * unless `broken`. Other failures end the reading. */
    bc_status (*next)(struct importer *self, const struct bc_event **out, struct bc_err *err);
    /* Column (in bytes, from 1) of a part of the event returned last; 1 if unknown. */
    size_t (*column)(struct importer *self, struct bc_where where);
    /* What is to be said of all that was read; NULL: nothing ever. */
    void (*tell)(const struct importer *self, importer_say *say, void *to);
    void (*free)(struct importer *self);

    const char *name;     /* the file, for messages: "-" for standard input */
    uint64_t line;        /* on which the entry handed out last begins, from 1 */
    uint64_t lines;       /* that it takes up; 0: one */
    struct bc_str raw;    /* that entry as it stands in the source, without its line end */
    const char *prefix;   /* with which its ids begin, "csv:NAME/"; NULL: the source brings them */
    bool corrects;        /* it may tell otherwise what it told; else that is a conflict */
    bool by_content;      /* ids are made of what events say, equal ones numbered */
    struct bc_str old_id; /* that an older version gave the event handed out last; or empty */
    bool yields;          /* what stands under an id of its stays: a conflict is left out */
    const char
        *gives_way;   /* what stands with this source.how gives way to what has another; or NULL */
    bool whole;       /* each deal of which it tells it tells wholly */
    bool all;         /* what it has of no deal is in the source no more */
    bool broken;      /* after BC_E_INPUT: the rest cannot be read */
    bool unsound;     /* after BC_E_INPUT: nor is what was read; it is no line that is bad */
    uint64_t bytes;   /* read so far, for progress */
    uint64_t skipped; /* rows so far that gave no event, as the map says */
    uint64_t unnamed; /* and those that gave none because the map does not name them */
};

/* Frees an importer; NULL is fine. */
static inline void importer_free(struct importer *importer)
{
    if (importer)
        importer->free(importer);
}

/* Contract JSONL from a file or, for "-", standard input: one event a line, LF or CRLF, a byte
 * order mark accepted, a line of at most 16 MiB; empty lines are skipped. The file may be
 * gzipped. */
bc_status importer_jsonl(struct importer **out, const char *path, struct bc_err *err);
/* The same from memory, which it borrows; `name` stands for the file in messages. */
struct importer *importer_jsonl_text(const char *name, struct bc_str text);

/* Length-delimited protobuf, as `export proto` writes it, plain or gzipped. Here a "line" is a
 * record's number. */
bc_status importer_proto(struct importer **out, const char *path, struct bc_err *err);

/* A table, read by a map (tools/import/csv/csv_map.h). */
bc_status importer_csv(struct importer **out, const char *path, const char *map_path,
                       struct bc_err *err);

/* The same of a spreadsheet's text, which is copied; `name` stands for the file in messages.
 * Columns whose names are missing or alike are refused, and so is a row in which a cell that the
 * map reads holds an error of the spreadsheet's; rows without any text are passed over. */
bc_status importer_csv_sheet(struct importer **out, const char *name, struct bc_str text,
                             const char *map_path, struct bc_err *err);

/* An XES log (IEEE 1849), plain or gzipped, read by such a map as a table (tools/import/xes/). */
bc_status importer_xes(struct importer **out, const char *path, const char *map_path,
                       struct bc_err *err);

/* An object-centric event log (OCEL 2.0) as JSON, plain or gzipped, or a database of SQLite's, the
 * same (tools/import/ocel/). */
bc_status importer_ocel(struct importer **out, const char *path, const char *map_path,
                        struct bc_err *err);

#endif
