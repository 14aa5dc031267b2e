#include "tests/support/csv_case.h"

#include "tests/support/check.h"
#include "tests/support/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

char csv_case_table[] = "/tmp/backcast-csv-XXXXXX";
char csv_case_map[] = "/tmp/backcast-map-XXXXXX";

int csv_case_begin(void **state)
{
    (void)state;
    return close(mkstemp(csv_case_table)) | close(mkstemp(csv_case_map));
}

int csv_case_end(void **state)
{
    (void)state;
    return unlink(csv_case_table) | unlink(csv_case_map);
}

void csv_case_write(const char *path, struct bc_str bytes)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_true(bytes.len == 0 || fwrite(bytes.at, 1, bytes.len, file) == bytes.len);
    assert_int_equal(fclose(file), 0);
}

/* The map's path is another at each run. */
static void name_map(struct bc_buf *out)
{
    char *at = strstr(out->at, csv_case_map);

    if (at) {
        memcpy(at, "MAP", 3);
        memmove(at + 3, at + strlen(csv_case_map), strlen(at + strlen(csv_case_map)) + 1);
    }
}

void csv_case_check(const struct csv_case *made, bool ids)
{
    struct bc_buf table = { 0 }, got = { 0 };

    bc_buf_add_str(&table, bc_str_of(made->table));
    for (size_t i = 0; i < table.len; i++)
        table.at[i] = table.at[i] == '@' ? '\0' : table.at[i];
    csv_case_write(csv_case_map, bc_str_of(made->map));
    csv_case_write(csv_case_table, bc_buf_str(&table));
    import_csv_print(&got, csv_case_table, csv_case_map, ids);
    name_map(&got);
    assert_string_equal(got.at, made->want);
    bc_buf_release(&table);
    bc_buf_release(&got);
}
