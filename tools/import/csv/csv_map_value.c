/* tools/import/csv/csv_map_value.c - columns, texts, times and values out of a map. */
#include "projections/yaml/yaml_text.h"
#include "tools/import/csv/csv_map_build.h"

#include <stdio.h>

size_t csv_build_column(struct csv_build *b, struct bc_str name, size_t at)
{
    csv_map *map = b->map;
    const size_t known = csv_map_column(map, name);

    if (known != CSV_NO_COLUMN)
        return known;
    BC_GROW(map->columns, map->column_n, b->column_cap);
    map->columns[map->column_n] = (struct csv_column){ .name = name, .at = at };
    csv_seen_add(&map->by_name, csv_digest_of(name), (struct csv_digest){ 0 },
                 (int64_t)map->column_n);
    return map->column_n++;
}

bc_status csv_build_column_of(struct csv_build *b, size_t *out, const struct bc_yaml *node)
{
    if (node->kind != BC_YAML_SCALAR || bc_yaml_is_null(node))
        return bc_fields_fault(&b->in, node, "expected the name of a column");
    *out = csv_build_column(b, node->text, node->at);
    return BC_OK;
}

size_t csv_text_column(const struct csv_text *text)
{
    for (size_t i = 0; i < text->n; i++)
        if (text->pieces[i].column != CSV_NO_COLUMN)
            return text->pieces[i].column;
    return CSV_NO_COLUMN;
}

static void add_piece(struct csv_build *b, struct csv_text *out, struct csv_piece piece)
{
    struct csv_piece *pieces = bc_arena_alloc(b->map->arena, (out->n + 1) * sizeof(*pieces));

    if (piece.column == CSV_NO_COLUMN && piece.text.len == 0)
        return;
    if (out->n > 0)
        memcpy(pieces, out->pieces, out->n * sizeof(*pieces));
    pieces[out->n++] = piece;
    out->pieces = pieces;
}

bc_status csv_build_text(struct csv_build *b, struct csv_text *out, const struct bc_yaml *node)
{
    struct bc_buf plain = { 0 };
    struct bc_str s = node->text;
    const char *close;

    *out = (struct csv_text){ 0 };
    if (node->kind != BC_YAML_SCALAR)
        return bc_fields_fault(&b->in, node, "expected a text");
    if (bc_yaml_is_null(node))
        return BC_OK;
    for (size_t i = 0; i < s.len; i++) {
        char byte = s.at[i];

        if ((byte != '{' && byte != '}') || (i + 1 < s.len && s.at[i + 1] == byte)) {
            i += byte == '{' || byte == '}';
            bc_buf_add_byte(&plain, byte);
            continue;
        }
        close = byte == '{' ? memchr(s.at + i, '}', s.len - i) : NULL;
        if (!close || close == s.at + i + 1) {
            bc_buf_release(&plain);
            return bc_fields_fault(&b->in, node,
                                   "a brace that belongs to no column, expected {column} or %c%c",
                                   byte, byte);
        }
        add_piece(
            b, out,
            (struct csv_piece){ bc_arena_copy(b->map->arena, bc_buf_str(&plain)), CSV_NO_COLUMN });
        plain.len = 0;
        struct bc_str name = { s.at + i + 1, (size_t)(close - s.at) - i - 1 };
        add_piece(b, out, (struct csv_piece){ .column = csv_build_column(b, name, node->at) });
        i = (size_t)(close - s.at);
    }
    add_piece(
        b, out,
        (struct csv_piece){ bc_arena_copy(b->map->arena, bc_buf_str(&plain)), CSV_NO_COLUMN });
    bc_buf_release(&plain);
    return BC_OK;
}

bc_status csv_build_words(struct csv_build *b, const struct bc_str **out, size_t *out_n,
                          const struct bc_yaml *node)
{
    size_t n = 0;
    const struct bc_yaml *one = bc_fields_members(node, &n);
    struct bc_str *words = bc_arena_alloc(b->map->arena, (n + 1) * sizeof(*words));
    bc_status rc = bc_fields_once(&b->in, node);

    if (rc == BC_OK && n == 0)
        return bc_fields_fault(&b->in, node, "expected one at least");
    for (size_t i = 0; rc == BC_OK && i < n; i++, one = one->next) {
        if (one->kind != BC_YAML_SCALAR)
            return bc_fields_fault(&b->in, one, "expected a text");
        words[i] = one->text;
    }
    *out = words;
    *out_n = n;
    return rc;
}

static bc_status read_formats(struct csv_build *b, struct csv_time *out, const struct bc_yaml *node)
{
    const struct bc_str *texts = NULL;
    size_t n = 0;
    bc_status rc = bc_fields_texts(&b->in, &texts, &n, node, 1);
    const struct bc_yaml *member = bc_fields_members(node, &n);
    struct csv_format *formats = bc_arena_alloc(b->map->arena, (n + 1) * sizeof(*formats));

    for (size_t i = 0; rc == BC_OK && i < n; i++, member = member->next) {
        rc = csv_format_init(&formats[i], texts[i], b->in.err);
        if (rc < 0)
            return bc_yaml_place(b->in.source, member->at, rc, b->in.err);
    }
    out->formats = formats;
    out->format_n = n;
    return rc;
}

static bc_status read_zone(struct csv_build *b, struct csv_time *out, const struct bc_yaml *node)
{
    csv_map *map = b->map;
    bc_zone *zone = NULL;
    const char *name = NULL;
    bc_status rc = bc_fields_text(&b->in, &name, node);

    if (rc < 0)
        return rc;
    for (size_t i = 0; i < map->zone_n; i++) {
        if (strcmp(bc_zone_name(map->zones[i]), name) == 0) {
            out->zone = map->zones[i];
            return BC_OK;
        }
    }
    rc = bc_zone_open(&zone, bc_str_of(name), b->in.err);
    if (rc < 0)
        return bc_yaml_place(b->in.source, node->at, rc, b->in.err);
    BC_GROW(map->zones, map->zone_n, map->zone_cap);
    out->zone = map->zones[map->zone_n++] = zone;
    return BC_OK;
}

static bc_status read_clock(struct csv_build *b, struct csv_time *out, const struct bc_yaml *node)
{
    char text[32];
    size_t len = node->kind == BC_YAML_SCALAR ? node->text.len : 0;

    snprintf(text, sizeof(text), "1970-01-01T%.*s%sZ", len < 16 ? (int)len : 0,
             len ? node->text.at : "", len == 5 ? ":00" : "");
    if (bc_instant_parse(&out->at_us, bc_str_of(text), NULL) < 0 || out->at_us >= BC_DAY_US)
        return bc_fields_fault(&b->in, node, "no time of day, expected one as \"09:30\"");
    return BC_OK;
}

static bc_status read_fixed(struct csv_build *b, struct csv_time *out, const struct bc_yaml *node)
{
    bc_status rc;

    if (node->kind != BC_YAML_SCALAR)
        return bc_fields_fault(&b->in, node, "expected an instant");
    rc = bc_instant_parse(&out->fixed_us, node->text, b->in.err);
    out->fixed = true;
    return rc < 0 ? bc_yaml_place(b->in.source, node->at, rc, b->in.err) : BC_OK;
}

enum { T_COLUMN, T_FIXED, T_FORMATS, T_ZONE, T_AT, T_TWICE, T_MISSING, T_EMPTY_AS, T_N };

/* What becomes of local times about a change of the clock. */
static bc_status read_changes(struct csv_build *b, struct csv_time *out,
                              const struct bc_yaml *const *part)
{
    static const char *const twice[] = { "refuse", "first", "second" };
    static const char *const missing[] = { "refuse", "forward" };
    unsigned word = 0;
    bc_status rc = BC_OK;

    if (part[T_TWICE]) {
        rc = bc_fields_word(&b->in, &word, part[T_TWICE], "way with times shown twice", twice, 3);
        out->twice = (enum csv_twice)word;
    }
    if (rc == BC_OK && part[T_MISSING]) {
        rc = bc_fields_word(&b->in, &word, part[T_MISSING], "way with times that do not exist",
                            missing, 2);
        out->missing = (enum csv_missing)word;
    }
    return rc;
}

/* A time's base may be in another map, beside other keys. */
static bc_status read_time(struct csv_build *b, struct csv_time *out,
                           const struct bc_yaml *const *part)
{
    bc_status rc = BC_OK;

    if (part[T_COLUMN]) {
        rc = csv_build_column_of(b, &out->column, part[T_COLUMN]);
        out->fixed = false;
    }
    if (rc == BC_OK && part[T_FIXED])
        rc = read_fixed(b, out, part[T_FIXED]);
    if (rc == BC_OK && part[T_FORMATS])
        rc = read_formats(b, out, part[T_FORMATS]);
    if (rc == BC_OK && part[T_ZONE])
        rc = read_zone(b, out, part[T_ZONE]);
    if (rc == BC_OK && part[T_AT])
        rc = read_clock(b, out, part[T_AT]);
    if (rc == BC_OK && part[T_EMPTY_AS])
        rc = csv_build_words(b, &out->empty_as, &out->empty_n, part[T_EMPTY_AS]);
    return rc == BC_OK ? read_changes(b, out, part) : rc;
}

bc_status csv_build_time(struct csv_build *b, struct csv_time *out, const struct bc_yaml *node)
{
    static const struct bc_field_key keys[T_N] = {
        { "column", 0, 0 }, { "fixed", 0, 0 }, { "formats", 0, 0 }, { "zone", 0, 0 },
        { "at", 0, 0 },     { "twice", 0, 0 }, { "missing", 0, 0 }, { "empty_as", 0, 0 },
    };
    const struct bc_yaml *part[T_N] = { 0 };
    bc_status rc = BC_OK;

    if (node->kind == BC_YAML_SCALAR)
        part[T_COLUMN] = node;
    else
        rc = bc_fields_take(&b->in, part, node, "a time", keys, T_N);
    if (rc == BC_OK && part[T_COLUMN] && part[T_FIXED])
        rc = bc_fields_key_fault(&b->in, part[T_FIXED], "a time has a column or is fixed");
    return rc == BC_OK ? read_time(b, out, part) : rc;
}

bc_status csv_build_time_check(struct csv_build *b, const struct csv_time *time,
                               const struct bc_yaml *node, bool day)
{
    if (time->fixed)
        return BC_OK;
    if (time->column == CSV_NO_COLUMN)
        return bc_fields_fault(&b->in, node, "a time without a column");
    for (size_t i = 0; i < time->format_n; i++) {
        const struct csv_format *format = &time->formats[i];

        if (!time->zone && (day ? !format->has_day : !format->has_zone))
            return bc_fields_fault(&b->in, node, "times written \"%.*s\" need a `zone`",
                                   BC_STR_ARG(format->text));
        if (!day && !format->has_time && time->at_us < 0)
            return bc_fields_fault(&b->in, node, "dates written \"%.*s\" need a time of day: `at`",
                                   BC_STR_ARG(format->text));
    }
    return BC_OK;
}

enum {
    V_COLUMN,
    V_COLUMNS,
    V_CROSSWALK,
    V_DAY,
    V_LIST,
    V_SPLIT,
    V_FORMATS,
    V_ZONE,
    V_AT,
    V_EMPTY_AS,
    V_DECIMAL,
    V_N
};

bc_status csv_build_list(struct csv_build *b, struct csv_text *out, char *split,
                         const struct bc_yaml *list, const struct bc_yaml *by)
{
    struct csv_piece *piece = bc_arena_alloc(b->map->arena, sizeof(*piece));
    bc_status rc = csv_build_column_of(b, &piece->column, list);

    *out = (struct csv_text){ piece, 1 };
    *split = ';';
    if (rc < 0 || !by)
        return rc;
    if (by->kind != BC_YAML_SCALAR || by->text.len != 1)
        return bc_fields_fault(&b->in, by, "expected one character");
    *split = by->text.at[0];
    return BC_OK;
}

bc_status csv_build_decimal(struct csv_build *b, char *out, const struct bc_yaml *node)
{
    static const char *const words[] = { "comma", "point" };
    unsigned word = 0;
    bc_status rc = bc_fields_word(&b->in, &word, node, "decimal sign", words, 2);

    *out = word == 0 ? ',' : '.';
    return rc;
}

static bc_status read_text_value(struct csv_build *b, struct csv_value *out, enum bc_type type,
                                 const struct bc_yaml *const *part)
{
    const struct bc_yaml *column = part[V_COLUMN] ? part[V_COLUMN] : part[V_LIST];
    bc_status rc = csv_build_list(b, &out->text, &out->split, column, part[V_SPLIT]);

    out->kind = !part[V_LIST] ? CSV_TEXT : type == BC_LIST ? CSV_LIST : CSV_EACH;
    if (rc == BC_OK && part[V_CROSSWALK])
        rc = csv_build_crosswalk_of(b, &out->crosswalk, part[V_CROSSWALK], false);
    if (rc == BC_OK && part[V_EMPTY_AS])
        rc = csv_build_words(b, &out->time.empty_as, &out->time.empty_n, part[V_EMPTY_AS]);
    if (rc == BC_OK && part[V_DECIMAL] && part[V_CROSSWALK])
        return bc_fields_key_fault(&b->in, part[V_CROSSWALK], "a number has no crosswalk");
    return rc == BC_OK && part[V_DECIMAL] ? csv_build_decimal(b, &out->decimal, part[V_DECIMAL])
                                          : rc;
}

/* Two cells and the word that they mean together. */
static bc_status read_two(struct csv_build *b, struct csv_value *out,
                          const struct bc_yaml *const *part)
{
    struct csv_piece *pieces = bc_arena_alloc(b->map->arena, 3 * sizeof(*pieces));
    size_t n = 0;
    const struct bc_yaml *one = bc_fields_members(part[V_COLUMNS], &n);
    bc_status rc;

    if (n != 2)
        return bc_fields_fault(&b->in, part[V_COLUMNS], "expected two columns");
    rc = csv_build_column_of(b, &pieces[0].column, one);
    if (rc == BC_OK)
        rc = csv_build_column_of(b, &pieces[2].column, one->next);
    pieces[1] = (struct csv_piece){ .text = { "", 1 }, .column = CSV_NO_COLUMN }; /* its NUL */
    out->kind = CSV_TEXT;
    out->text = (struct csv_text){ pieces, 3 };
    return rc == BC_OK ? csv_build_crosswalk_of(b, &out->crosswalk, part[V_CROSSWALK], true) : rc;
}

bc_status csv_build_day(struct csv_build *b, struct csv_value *out, size_t column,
                        const struct bc_yaml *const part[CSV_DAY_PARTS], const struct bc_yaml *node)
{
    bc_status rc;

    out->kind = CSV_DAY;
    out->time = b->about.time;
    out->time.column = column;
    out->time.fixed = false;
    out->time.zone_of_day = part[CSV_DAY_ZONE] != NULL;
    rc = read_time(b, &out->time,
                   (const struct bc_yaml *[T_N]){ [T_FORMATS] = part[CSV_DAY_FORMATS],
                                                  [T_ZONE] = part[CSV_DAY_ZONE],
                                                  [T_EMPTY_AS] = part[CSV_DAY_EMPTY_AS] });
    return rc == BC_OK ? csv_build_time_check(b, &out->time, node, true) : rc;
}

/* Ways of filling a field: bits of the sets in `keys`. */
enum { WAY_COLUMN = 1, WAY_DAY = 2, WAY_LIST = 4, WAY_COLUMNS = 8 };

static const char *way_name(unsigned way)
{
    return way == WAY_DAY ? "day" : way == WAY_COLUMNS ? "columns" : "column";
}

static bc_status read_value_map(struct csv_build *b, struct csv_value *out, enum bc_type type,
                                const struct bc_yaml *node)
{
    static const struct bc_field_key keys[V_N] = {
        { "column", WAY_COLUMN, 0 },
        { "columns", WAY_COLUMNS, 0 },
        { "crosswalk", WAY_COLUMN | WAY_LIST | WAY_COLUMNS, WAY_COLUMNS },
        { "day", WAY_DAY, 0 },
        { "list", WAY_LIST, 0 },
        { "split", WAY_LIST, 0 },
        { "formats", WAY_DAY, 0 },
        { "zone", WAY_DAY, 0 },
        { "at", WAY_DAY, 0 },
        { "empty_as", WAY_COLUMN | WAY_DAY, 0 },
        { "decimal", WAY_COLUMN, 0 },
    };
    const struct bc_yaml *part[V_N] = { 0 };
    bc_status rc = bc_fields_take(&b->in, part, node, "a field", keys, V_N);
    size_t column = 0;
    unsigned way;

    if (rc < 0)
        return rc;
    way = part[V_DAY]       ? WAY_DAY
          : part[V_LIST]    ? WAY_LIST
          : part[V_COLUMNS] ? WAY_COLUMNS
                            : WAY_COLUMN;
    if (way == WAY_COLUMN && !part[V_COLUMN])
        return bc_fields_fault(&b->in, node, "expected `column`, `columns`, `day` or `list`");
    if ((type == BC_LIST && way != WAY_LIST) ||
        (type == BC_BOOL && (way == WAY_DAY || way == WAY_LIST)))
        return bc_fields_fault(&b->in, node, "this field is no %s",
                               way == WAY_DAY    ? "date"
                               : type == BC_LIST ? "single text"
                                                 : "list");
    rc = bc_fields_kind(&b->in, part, node, "a field", way_name(way), way, keys, V_N);
    if (rc < 0)
        return rc;
    if (way == WAY_COLUMNS)
        return read_two(b, out, part);
    if (way != WAY_DAY)
        return read_text_value(b, out, type, part);
    rc = csv_build_column_of(b, &column, part[V_DAY]);
    if (rc < 0)
        return rc;
    return csv_build_day(
        b, out, column,
        (const struct bc_yaml *[CSV_DAY_PARTS]){ part[V_FORMATS], part[V_ZONE], part[V_EMPTY_AS] },
        node);
}

bc_status csv_build_value(struct csv_build *b, struct csv_value *out, enum bc_type type,
                          const struct bc_yaml *node)
{
    bc_status rc;

    if (type == BC_TIME) {
        out->kind = CSV_TIME;
        out->time = b->about.time;
        rc = csv_build_time(b, &out->time, node);
        return rc == BC_OK ? csv_build_time_check(b, &out->time, node, false) : rc;
    }
    if (node->kind == BC_YAML_MAP)
        return read_value_map(b, out, type, node);
    if (type == BC_LIST)
        return bc_fields_fault(&b->in, node, "expected { list: column }");
    out->kind = CSV_TEXT;
    return csv_build_text(b, &out->text, node);
}
