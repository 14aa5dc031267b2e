/* libcsv gives the cells but not their places. So it gets the text piece by piece, each up to a
 * line end, and the row's own bytes are kept; places are computed from those, and only for a cell
 * that is wrong. */
#include "tools/import/csv/csv_read.h"

#include "ledger/base/mem.h"
#include "tools/import/csv/csv_line.h"
#include "tools/import/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

#include <csv.h>

#define CHUNK (64 << 10)
#define CELL_STEP                                                                                  \
    (1 << 20) /* libcsv's buffer grows by so much, at its own 128 bytes a long cell hangs */
/* How much may be read again after rows that are refused: a file in which every line opens a quoted
 * cell that reaches to its end would otherwise take time with the square of its size. */
#define AGAIN_MAX (1 << 30)
/* Of a line that has not ended: as UTF-16 it may be twice what it is as UTF-8. */
#define LINE_MAX_READ ((size_t)2 * CSV_ROW_MAX)
static const char BOM[] = "\xEF\xBB\xBF";

struct csv_reader {
    char *path;
    int fd; /* below zero: gz reads from the first reader's */
    gunzip *gz;
    csv_decode *decode;
    enum csv_encoding encoding;
    struct csv_parser parser;
    char *chunk;
    const char *in;      /* chunk, or `again` */
    size_t at, len;      /* what is not yet looked at: in[at..len) */
    struct bc_buf again; /* lines of a refused row that reach farther back than chunk */
    size_t again_n;      /* bytes read again so far */
    bool end;
    bool row_ended; /* libcsv has seen a row's end */
    bool after_cr;  /* a LF that comes now belongs to the line end before it */
    bool broken;
    bool begun;
    bool named; /* the first row, of names, was read */
    char delimiter;
    char sep;              /* of the first line, or 0 */
    struct csv_place next; /* where the next row begins */
    /* NULL, or of each row, and of each cell of the first, its place in what the text was made of
     */
    const struct csv_place *rows, *names;
    size_t row_n;
    struct bc_buf raw;  /* the row so far */
    struct bc_buf text; /* its cells, each followed by a NUL */
    size_t *ends;       /* where each ends in `text` */
    size_t end_n, end_cap;
    struct bc_str *cells;
    size_t cell_cap;
};

static void on_cell(void *text, size_t len, void *payload)
{
    csv_reader *r = payload;

    bc_buf_add(&r->text, text, len);
    BC_GROW(r->ends, r->end_n, r->end_cap);
    r->ends[r->end_n++] = r->text.len;
    bc_buf_add_byte(&r->text, '\0');
}

static void on_row(int end, void *payload)
{
    csv_reader *r = payload;

    (void)end;
    r->row_ended = true;
}

/* libcsv would trim cells; a blank may mean something. */
static int no_space(unsigned char byte)
{
    (void)byte;
    return 0;
}

static void parser_reset(csv_reader *r)
{
    csv_free(&r->parser);
    csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&r->parser, (unsigned char)r->delimiter);
    csv_set_space_func(&r->parser, no_space);
    csv_set_blk_size(&r->parser, CELL_STEP);
}

/* Reads from `fd`, which it does not own. */
static csv_reader *reader_new(const char *path, int fd, enum csv_encoding encoding)
{
    csv_reader *r = bc_calloc(1, sizeof(*r));

    r->path = bc_strdup(bc_str_of(path));
    r->chunk = bc_malloc(CHUNK);
    r->fd = -1;
    r->gz = gunzip_new(fd, r->path);
    r->decode = csv_decode_new(r->gz, r->path, encoding);
    r->encoding = encoding;
    r->delimiter = ',';
    r->next = (struct csv_place){ 1, 1 };
    parser_reset(r);
    return r;
}

/* A first line `sep=;` says what stands between cells; it is no row. */
static void take_sep(csv_reader *r)
{
    static const char word[] = "sep=";
    const char *p = r->in + r->at, *end = r->in + r->len;
    const bool quoted = p < end && *p == '"';
    char sep;

    p += quoted;
    if (end - p < 5 || strncasecmp(p, word, 4) != 0)
        return;
    sep = p[4];
    p += 5;
    if (quoted && (p == end || *p++ != '"'))
        return;
    if (sep == '"' || sep == '\r' || sep == '\n' || (p < end && *p != '\r' && *p != '\n'))
        return;
    r->sep = sep;
    r->after_cr = p < end && *p == '\r';
    p += p < end;
    r->at = (size_t)(p - r->in);
    r->next = (struct csv_place){ 2, 1 };
}

static bc_status fill(csv_reader *r, struct bc_err *err)
{
    bc_status rc = csv_decode_read(r->decode, r->chunk, CHUNK, &r->len, err);

    r->broken = rc < 0;
    if (rc == BC_E_INPUT && r->begun) /* changed since it was checked */
        return bc_err_in(err, rc, "%s:%llu:1", r->path, (unsigned long long)r->next.line);
    if (rc < 0)
        return rc;
    r->in = r->chunk;
    r->at = 0;
    r->end = rc == BC_DONE;
    if (!r->begun && r->len >= 3 && memcmp(r->chunk, BOM, 3) == 0) {
        r->at = 3;
        r->next.column = 4;
    }
    if (!r->begun)
        take_sep(r);
    r->begun = true;
    return BC_OK;
}

bc_status csv_reader_take(csv_reader **out, const char *path, int fd, enum csv_encoding encoding,
                          struct bc_err *err)
{
    csv_reader *r = reader_new(path, fd, encoding);
    bc_status rc;

    r->fd = fd;
    rc = gunzip_check(fd, r->path, LINE_MAX_READ, err);
    if (rc == BC_OK)
        rc = fill(r, err);
    if (rc < 0) {
        csv_reader_close(r);
        return rc;
    }
    *out = r;
    return BC_OK;
}

bc_status csv_reader_table(csv_reader **out, const char *path, int fd, const struct csv_place *rows,
                           const struct csv_place *names, struct bc_err *err)
{
    bc_status rc = csv_reader_take(out, path, fd, CSV_UTF_8, err);

    if (rc == BC_OK) {
        (*out)->rows = rows;
        (*out)->names = names;
    }
    return rc;
}

bc_status csv_reader_open(csv_reader **out, const char *path, enum csv_encoding encoding,
                          struct bc_err *err)
{
    int fd = source_open(path, LINE_MAX_READ, err);

    return fd < 0 ? (bc_status)fd : csv_reader_take(out, path, fd, encoding, err);
}

csv_reader *csv_reader_again(const csv_reader *first)
{
    csv_reader *r = reader_new(first->path, first->fd, first->encoding);

    csv_reader_delimit(r, first->delimiter);
    r->rows = first->rows;
    r->names = first->names;
    return r;
}

void csv_reader_delimit(csv_reader *reader, char delimiter)
{
    reader->delimiter = delimiter;
    parser_reset(reader);
}

char csv_reader_delimiter(const csv_reader *reader)
{
    return reader->delimiter;
}

const char *csv_reader_encoding(const csv_reader *reader)
{
    return csv_decode_encoding(reader->decode);
}

uint64_t csv_reader_letters_of_utf_8(const csv_reader *reader)
{
    return csv_decode_letters_of_utf_8(reader->decode);
}

char csv_reader_sep(const csv_reader *reader)
{
    return reader->sep;
}

void csv_reader_close(csv_reader *reader)
{
    if (!reader)
        return;
    csv_decode_free(reader->decode);
    gunzip_free(reader->gz);
    if (reader->fd >= 0)
        (void)close(reader->fd);
    csv_free(&reader->parser);
    bc_buf_release(&reader->again);
    bc_buf_release(&reader->raw);
    bc_buf_release(&reader->text);
    free(reader->ends);
    free(reader->cells);
    free(reader->chunk);
    free(reader->path);
    free(reader);
}

bool csv_reader_broken(const csv_reader *reader)
{
    return reader->broken;
}

uint64_t csv_reader_bytes(const csv_reader *reader)
{
    return gunzip_bytes(reader->gz);
}

static bc_status fault(csv_reader *r, const struct csv_row *row, size_t cell, struct bc_err *err,
                       const char *what)
{
    struct csv_place place = csv_row_place(row, cell);

    bc_err_set(err, BC_E_INPUT, "%s", what);
    return bc_err_in(err, BC_E_INPUT, "%s:%llu:%zu", r->path, (unsigned long long)place.line,
                     place.column);
}

/* The bytes up to the next line end, that included, or all that are there. */
static struct bc_str piece(csv_reader *r)
{
    const char *begin = r->in + r->at, *end = r->in + r->len, *p = begin;

    while (p < end && *p != '\n' && *p != '\r')
        p++;
    if (p < end)
        p++;
    r->at += (size_t)(p - begin);
    return (struct bc_str){ begin, (size_t)(p - begin) };
}

static void row_begin(csv_reader *r)
{
    r->raw.len = r->text.len = r->end_n = 0;
    r->row_ended = false;
}

/* The row is in r->raw: returns it, and moves on to where the next begins. */
static void row_show(csv_reader *r, struct csv_row *row)
{
    size_t len = r->raw.len, i;

    if (len > 0 && (r->raw.at[len - 1] == '\n' || r->raw.at[len - 1] == '\r'))
        len--;
    *row =
        (struct csv_row){ .raw = { r->raw.at, len }, .begin = r->next, .delimiter = r->delimiter };
    r->next.line += csv_line_breaks(row->raw) + (r->raw.len > len);
    r->next.column = 1;
    r->after_cr = r->raw.len > len && r->raw.at[len] == '\r';
    if (r->end_n > r->cell_cap) {
        r->cell_cap = r->end_n * 2;
        r->cells = bc_reallocarray(r->cells, r->cell_cap, sizeof(*r->cells));
    }
    for (i = 0, len = 0; i < r->end_n; i++) {
        r->cells[i] = (struct bc_str){ r->text.at + len, r->ends[i] - len };
        len = r->ends[i] + 1;
    }
    row->cells = r->cells;
    row->cell_n = r->end_n;
    if (r->rows) {
        row->places = r->row_n == 0 ? r->names : NULL;
        row->begin = r->rows[r->row_n++];
        row->delimiter = 0;
    }
}

static bc_status not_text(csv_reader *r, const struct csv_row *row, size_t cell, struct bc_err *err)
{
    const char *encoding = csv_decode_encoding(r->decode);
    char what[128];

    snprintf(what, sizeof(what), "not %s%s", encoding,
             r->encoding == CSV_FOUND && strcmp(encoding, "UTF-8") == 0
                 ? "; for a table in Windows-1252 the map says `encoding: windows-1252`"
                 : "");
    return fault(r, row, cell, err, what);
}

/* A cell is followed by a NUL, also when it became shorter. */
static void make_names(csv_reader *r)
{
    for (size_t i = 0, begin = 0; i < r->end_n; i++) {
        char *name = r->text.at + begin;

        begin = r->ends[i] + 1;
        r->cells[i].len = csv_line_make(name, r->cells[i].len);
        name[r->cells[i].len] = '\0';
    }
}

static bc_status row_end(csv_reader *r, struct csv_row *row, struct bc_err *err)
{
    const char *nul;
    size_t bad;

    row_show(r, row);
    bad = bc_str_utf8_fault(row->raw);
    if (bad < row->raw.len)
        return not_text(r, row, csv_row_cell_at(row, bad), err);
    nul = memchr(row->raw.at, '\0', row->raw.len);
    if (nul)
        return fault(r, row, csv_row_cell_at(row, (size_t)(nul - row->raw.at)), err, "a NUL byte");
    if (!r->named)
        make_names(r);
    r->named = true;
    return BC_OK;
}

/* Reads the rest of a bad row's line, so that the next row begins on a line of its own. */
static bc_status row_rest(csv_reader *r, struct bc_err *err)
{
    for (;;) {
        char last = r->raw.at[r->raw.len - 1];
        bc_status rc = BC_OK;

        if (last == '\n' || last == '\r' || (r->end && r->at == r->len))
            return BC_OK;
        if (r->raw.len > CSV_ROW_MAX)
            r->raw.len = CSV_ROW_MAX; /* what is shown of it */
        if (r->at == r->len)
            rc = fill(r, err);
        if (rc < 0)
            return rc;
        bc_buf_add_str(&r->raw, piece(r));
    }
}

/* Gives back the last `n` bytes of the row, so that they are read again. */
static void give_back(csv_reader *r, size_t n)
{
    struct bc_buf again = { 0 };

    r->again_n += n;
    if (n <= r->at) {
        r->at -= n;
        return;
    }
    bc_buf_add(&again, r->raw.at + r->raw.len - n, n);
    if (r->len > r->at)
        bc_buf_add(&again, r->in + r->at, r->len - r->at);
    bc_buf_release(&r->again);
    r->again = again;
    r->in = again.at;
    r->at = 0;
    r->len = again.len;
}

/* A stray quote may have taken in any number of good lines: only the row's first line is lost, and
 * the next row begins after it. */
static bc_status row_refuse(csv_reader *r, struct csv_row *row, struct bc_err *err,
                            const char *what)
{
    const struct csv_row whole = { .raw = bc_buf_str(&r->raw),
                                   .begin = r->next,
                                   .delimiter = r->delimiter };
    const struct csv_place place = csv_row_place(&whole, r->end_n);
    size_t line = 0;
    bc_status rc = BC_OK;

    while (line < r->raw.len && r->raw.at[line] != '\n' && r->raw.at[line] != '\r')
        line++;
    line += line < r->raw.len;
    if (line < r->raw.len) {
        give_back(r, r->raw.len - line);
        r->raw.len = line;
        r->broken = r->again_n > AGAIN_MAX;
    } else {
        rc = row_rest(r, err);
    }
    if (rc < 0)
        return rc;
    row_show(r, row);
    parser_reset(r);
    bc_err_set(err, BC_E_INPUT, "%s%s", what,
               r->broken ? "; too many rows of this table are so, and the rest is not read" : "");
    return bc_err_in(err, BC_E_INPUT, "%s:%llu:%zu", r->path, (unsigned long long)place.line,
                     place.column);
}

static bc_status row_last(csv_reader *r, struct csv_row *row, struct bc_err *err)
{
    if (r->raw.len == 0)
        return BC_DONE;
    if (csv_fini(&r->parser, on_cell, on_row, r) != 0)
        return row_refuse(r, row, err, "a quoted cell that does not end");
    return row_end(r, row, err);
}

/* A row that grows beyond its limit: a line that is too long, or a quoted cell without an end. */
static bc_status row_too_long(csv_reader *r, struct csv_row *row, struct bc_err *err)
{
    if (memchr(r->raw.at, '\n', r->raw.len) || memchr(r->raw.at, '\r', r->raw.len))
        return row_refuse(r, row, err, "a quoted cell that does not end within 16 MiB");
    r->broken = true;
    row_show(r, row);
    return fault(r, row, 0, err, "a row of more than 16 MiB");
}

bc_status csv_reader_next(csv_reader *r, struct csv_row *row, struct bc_err *err)
{
    row_begin(r);
    *row = (struct csv_row){ .begin = r->next, .delimiter = r->delimiter };
    for (;;) {
        struct bc_str text;

        if (r->at == r->len && !r->end) {
            bc_status rc = fill(r, err);

            if (rc < 0)
                return rc;
        }
        if (r->at == r->len)
            return row_last(r, row, err);
        if (r->after_cr && r->raw.len == 0 && r->in[r->at] == '\n')
            r->at++;
        r->after_cr = false;
        text = piece(r);
        if (r->raw.len + text.len > CSV_ROW_MAX) {
            r->at -= text.len;
            return row_too_long(r, row, err);
        }
        bc_buf_add_str(&r->raw, text);
        if (csv_parse(&r->parser, text.at, text.len, on_cell, on_row, r) != text.len)
            return row_refuse(r, row, err,
                              "a quote within a cell, expected quotes around the whole cell and "
                              "those within doubled");
        if (r->row_ended)
            return row_end(r, row, err);
        if (r->raw.len == 1 && (text.at[0] == '\n' || text.at[0] == '\r')) {
            row_show(r, row); /* a blank line */
            row_begin(r);
        }
    }
}
