#include "tools/import/csv/csv_delimiter.h"

static const struct {
    const char *name, *many;
    char byte;
} words[] = {
    { "comma", "commas", ',' },
    { "semicolon", "semicolons", ';' },
    { "tab", "tabs", '\t' },
    { "pipe", "pipes", '|' },
};
enum { WORD_N = sizeof(words) / sizeof(words[0]) };

bool csv_delimiter_of(char *out, struct bc_str text)
{
    for (size_t i = 0; i < WORD_N; i++) {
        if (bc_str_eq(text, bc_str_of(words[i].name))) {
            *out = words[i].byte;
            return true;
        }
    }
    if (text.len != 1 || text.at[0] == '"' || (unsigned char)text.at[0] >= 0x80)
        return false;
    *out = text.at[0];
    return true;
}

const char *csv_delimiter_word(char delimiter)
{
    for (size_t i = 0; i < WORD_N; i++)
        if (words[i].byte == delimiter)
            return words[i].name;
    return NULL;
}

/* How many cells of the header the map knows, if this stands between them. */
static size_t known(const csv_reader *first, const csv_map *map, char delimiter)
{
    csv_reader *reader = csv_reader_again(first);
    struct csv_row header;
    size_t n = 0;

    csv_reader_delimit(reader, delimiter);
    if (csv_reader_next(reader, &header, NULL) == BC_OK)
        for (size_t i = 0; i < header.cell_n; i++)
            n += csv_map_column(map, header.cells[i]) != CSV_NO_COLUMN;
    csv_reader_close(reader);
    return n;
}

bc_status csv_delimiter_choose(csv_reader *reader, const csv_map *map, const char *path,
                               struct bc_err *err)
{
    const char sep = csv_reader_sep(reader), said = map->delimiter;
    size_t best = 0, most = 0;

    if (sep && said && sep != said) {
        bc_err_set(
            err, BC_E_INPUT,
            "the first line says `sep=%c`, and %s has another `delimiter`, which may be left "
            "out",
            sep, map->path);
        return bc_err_in(err, BC_E_INPUT, "%s:1:1", path);
    }
    if (sep) {
        csv_reader_delimit(reader, sep);
        return BC_OK;
    }
    for (size_t i = 0; i < WORD_N; i++) {
        size_t n = known(reader, map, words[i].byte);

        best = n > most ? i : best;
        most = n > most ? n : most;
    }
    if (said && said != words[best].byte && most > known(reader, map, said)) {
        bc_err_set(err, BC_E_INPUT,
                   "the header has %s between its columns, and %s another `delimiter`; expected "
                   "`delimiter: %s`, or none",
                   words[best].many, map->path, words[best].name);
        return bc_err_in(err, BC_E_INPUT, "%s:1:1", path);
    }
    if (said)
        csv_reader_delimit(reader, said);
    else
        csv_reader_delimit(reader, words[best].byte);
    return BC_OK;
}

void csv_delimiter_note(struct bc_buf *out, const csv_reader *reader, const csv_map *map)
{
    const char *encoding = csv_reader_encoding(reader);
    const char sep = csv_reader_sep(reader);

    if (sep)
        bc_buf_printf(out, "its first line sep=%c is passed over", sep);
    for (size_t i = 1; i < WORD_N && !sep && !map->delimiter; i++)
        if (csv_reader_delimiter(reader) == words[i].byte)
            bc_buf_printf(out, "with %s between the columns", words[i].many);
    if (map->encoding == CSV_FOUND && strcmp(encoding, "UTF-8") != 0)
        bc_buf_printf(out, "%sas %s", out->len ? ", " : "", encoding);
}
