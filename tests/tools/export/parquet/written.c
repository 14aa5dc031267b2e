/* parquet-written DIR - writes Parquet files of made-up tables into a folder, and prints what is in
 * them, for tests/test_parquet.py: a line for each table, then one for each row. Numbers are
 * printed in decimal, reals and texts as their bytes in hexadecimal, NULL as a dash. */
#include "tests/support/folder.h"
#include "tests/support/history.h"
#include "tools/export/parquet/parquet_file.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

enum { COLUMNS = 6, FILE_PATH = 4096 };

static const struct table_column columns[COLUMNS] = {
    { .name = "number", .type = COLUMN_INTEGER },
    { .name = "text", .type = COLUMN_TEXT },
    { .name = "told", .type = COLUMN_TEXT, .null = true },
    { .name = "at", .type = COLUMN_INSTANT, .null = true },
    { .name = "rate", .type = COLUMN_REAL, .null = true },
    { .name = "held", .type = COLUMN_BOOL, .null = true },
};

struct shown {
    char text[64]; /* of the row that is made */
    uint64_t random;
};

typedef void fill_row(struct shown *shown, struct table_value values[COLUMNS], size_t row);

/* Ends of ranges, and texts that a careless reader or writer breaks at. */
static void fill_hostile(struct shown *shown, struct table_value values[COLUMNS], size_t row)
{
    static const int64_t numbers[] = {
        0, -1, 1, INT64_MIN, INT64_MAX, INT64_C(253402300799999999)
    };
    static const double reals[] = { 0.0, -0.0, DBL_MIN, -DBL_MAX, DBL_MAX, INFINITY, 0.1 };
    static const char *const texts[] = { "",
                                         "'; DROP TABLE deals; --",
                                         "\xf0\x9f\x92\xb6\xe2\x80\xae",
                                         "\"\n\r\t,;\\",
                                         "PAR1",
                                         "=1+1",
                                         "a\xcc\x81" };

    (void)shown;
    values[0].integer = numbers[row % 6];
    values[1].text = bc_str_of(texts[row % 7]);
    values[2] = (struct table_value){ .null = row % 3 == 0, .text = bc_str_of(texts[row % 5]) };
    values[3] = (struct table_value){ .null = row % 4 == 1, .integer = numbers[row / 2 % 6] };
    values[4] = (struct table_value){ .null = row % 5 == 2, .real = reals[row % 7] };
    values[5] = (struct table_value){ .null = row % 2 == 1, .yes = row % 3 == 0 };
}

static void fill_null(struct shown *shown, struct table_value values[COLUMNS], size_t row)
{
    (void)shown;
    values[0].integer = (int64_t)row;
    values[1].text = BC_STR("one");
    for (int i = 2; i < COLUMNS; i++)
        values[i].null = true;
}

static void fill_random(struct shown *shown, struct table_value values[COLUMNS], size_t row)
{
    uint64_t *random = &shown->random;
    int len = snprintf(shown->text, sizeof(shown->text), "%" PRIx64 "-%zu",
                       history_random(random, UINT64_MAX), row);

    values[0].integer = (int64_t)(history_random(random, UINT64_MAX) >> history_random(random, 64));
    values[1].text = (struct bc_str){ shown->text, (size_t)len };
    values[2] = (struct table_value){ .null = history_random(random, 100) < 3,
                                      .text = { shown->text, history_random(random, 3) } };
    values[3] = (struct table_value){ .null = row / 1000 % 2 == 0, .integer = (int64_t)row };
    values[4] = (struct table_value){ .null = history_random(random, 2), .real = (double)row / 3 };
    values[5] = (struct table_value){ .null = false, .yes = history_random(random, 2) };
}

/* A text of a megabyte is a page of its own. */
static void fill_long(struct shown *shown, struct table_value values[COLUMNS], size_t row)
{
    static char text[(1 << 20) + 5];

    memset(text, 'a' + (int)(row % 26), sizeof(text));
    fill_hostile(shown, values, row);
    values[1].text = (struct bc_str){ text, row % 2 ? sizeof(text) : 1 };
}

static void print_bytes(const void *bytes, size_t len)
{
    putchar('x');
    for (size_t i = 0; i < len; i++)
        printf("%02x", ((const unsigned char *)bytes)[i]);
}

static void print_value(const struct table_value *value, enum column_type type)
{
    if (value->null) {
        putchar('-');
        return;
    }
    switch (type) {
    case COLUMN_TEXT:
        print_bytes(value->text.at, value->text.len);
        return;
    case COLUMN_REAL:
        print_bytes(&value->real, sizeof(value->real));
        return;
    case COLUMN_INTEGER:
    case COLUMN_INSTANT:
        printf("%" PRId64, value->integer);
        return;
    case COLUMN_BOOL:
        printf("%d", value->yes);
        return;
    }
}

static void make(const char *dir, const char *name, size_t rows, fill_row *fill)
{
    const struct table table = { .name = name, .columns = columns, .column_n = COLUMNS };
    struct shown shown = { .random = 20261130 };
    struct parquet_file file;
    struct bc_buf bytes = { 0 };
    char path[FILE_PATH];

    printf("table %s\n", name);
    parquet_file_init(&file, &table);
    for (size_t row = 0; row < rows; row++) {
        struct table_value values[COLUMNS] = { 0 };

        fill(&shown, values, row);
        for (int i = 0; i < COLUMNS; i++) {
            print_value(&values[i], columns[i].type);
            putchar(i + 1 < COLUMNS ? ' ' : '\n');
        }
        parquet_file_add(&file, values);
        if (parquet_file_waiting(&file) == PARQUET_GROUP_ROWS)
            parquet_file_group(&bytes, &file);
    }
    parquet_file_end(&bytes, &file, BC_STR("backcast version 0"));
    (void)snprintf(path, sizeof(path), "%s/%s.parquet", dir, name);
    file_write(path, bc_buf_str(&bytes));
    bc_buf_release(&bytes);
    parquet_file_release(&file);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    make(argv[1], "empty", 0, fill_null);
    make(argv[1], "one", 1, fill_hostile);
    make(argv[1], "hostile", 97, fill_hostile);
    make(argv[1], "nulls", 1000, fill_null);
    make(argv[1], "long", 5, fill_long);
    make(argv[1], "groups", PARQUET_GROUP_ROWS + 3, fill_random);
    return 0;
}
