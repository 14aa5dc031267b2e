#include "tools/sheet/sheet_values.h"

#include "ledger/base/instant.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

enum { EPOCH_SERIAL = 25569 }; /* of 1970-01-01; that of 1899-12-30 is 0 */
#define DAY_MS    INT64_C(86400000)
#define EXACT_MAX 9007199254740992.0 /* 2^53: beyond it two whole numbers may be one */

static bool cell_is_empty(const json_t *cell)
{
    return !cell || json_is_null(cell) || (json_is_string(cell) && json_string_length(cell) == 0);
}

/* Without the empty cells at its end. */
static size_t length_of(const json_t *row)
{
    size_t n = json_array_size(row);

    while (n > 0 && cell_is_empty(json_array_get(row, n - 1)))
        n--;
    return n;
}

static void put_text(struct bc_buf *out, struct bc_str text)
{
    bool quoted = false;

    for (size_t i = 0; i < text.len; i++)
        quoted |= strchr(",\"\r\n", text.at[i]) != NULL;
    if (!quoted) {
        bc_buf_add_str(out, text);
        return;
    }
    bc_buf_add_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"')
            bc_buf_add_byte(out, '"');
        bc_buf_add_byte(out, text.at[i]);
    }
    bc_buf_add_byte(out, '"');
}

/* The shortest digits that mean this number. */
static void put_number(struct bc_buf *out, double number)
{
    char text[40];

    if (number == trunc(number) && fabs(number) <= EXACT_MAX) {
        bc_buf_printf(out, "%.0f", number == 0 ? 0.0 : number);
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof(text), "%.*g", digits, number);
        if (strtod(text, NULL) == number)
            break;
    }
    if (fabs(number) > EXACT_MAX) /* so that the map's law on lost digits meets it */
        snprintf(text, sizeof(text), "%.14E", number);
    bc_buf_printf(out, "%s", text);
}

/* What a clock shows. */
static void put_time(struct bc_buf *out, double serial)
{
    const int64_t ms = llround(serial * (double)DAY_MS);
    const int64_t day = bc_floor_div(ms, DAY_MS), rest = ms - day * DAY_MS;
    char date[BC_DAY_LEN];

    bc_day_print(date, (int32_t)(day - EPOCH_SERIAL));
    bc_buf_printf(out, "%s", date);
    if (rest == 0)
        return;
    bc_buf_printf(out, " %02d:%02d:%02d", (int)(rest / 3600000), (int)(rest / 60000 % 60),
                  (int)(rest / 1000 % 60));
    if (rest % 1000)
        bc_buf_printf(out, ".%03d", (int)(rest % 1000));
}

static bool is_serial(double number)
{
    return number >= BC_DAY_MIN + EPOCH_SERIAL && number < BC_DAY_MAX + EPOCH_SERIAL;
}

static void put_cell(struct bc_buf *out, const json_t *cell, bool time)
{
    if (json_is_string(cell))
        put_text(out, (struct bc_str){ json_string_value(cell), json_string_length(cell) });
    else if (json_is_boolean(cell))
        bc_buf_printf(out, "%s", json_is_true(cell) ? "TRUE" : "FALSE");
    else if (json_is_number(cell) && time && is_serial(json_number_value(cell)))
        put_time(out, json_number_value(cell));
    else if (json_is_number(cell))
        put_number(out, json_number_value(cell));
}

static bc_status measure(size_t *width, const json_t *values, struct bc_err *err)
{
    *width = 0;
    if (values && !json_is_array(values))
        return bc_err_set(err, BC_E_REMOTE, "the answer's values are no list of rows");
    for (size_t i = 0; i < json_array_size(values); i++) {
        const json_t *row = json_array_get(values, i);
        const size_t n = length_of(row);

        if (!json_is_array(row))
            return bc_err_set(err, BC_E_REMOTE, "row %zu of the answer's values is no list", i + 1);
        *width = n > *width ? n : *width;
    }
    return BC_OK;
}

bc_status sheet_values_csv(struct bc_buf *out, const json_t *values, sheet_is_time *is_time,
                           const void *from, struct bc_err *err)
{
    const json_t *names = json_array_get(values, 0);
    size_t width;
    bc_status rc = measure(&width, values, err);
    bool *times;

    if (rc < 0 || width == 0)
        return rc;
    times = bc_calloc(width, sizeof(*times));
    for (size_t i = 0; i < width; i++) {
        const json_t *name = json_array_get(names, i);

        times[i] =
            is_time(from, (struct bc_str){ json_string_value(name), json_string_length(name) });
    }
    for (size_t i = 0; i < json_array_size(values); i++) {
        for (size_t j = 0; j < width; j++) {
            if (j > 0)
                bc_buf_add_byte(out, ',');
            put_cell(out, json_array_get(json_array_get(values, i), j), i > 0 && times[j]);
        }
        bc_buf_add_str(out, BC_STR("\r\n"));
    }
    free(times);
    return BC_OK;
}

json_t *sheet_values_times(const json_t *values, const json_t *shown)
{
    const json_t *names = json_array_get(values, 0);
    json_t *times = json_object();

    for (size_t i = 1; i < json_array_size(values); i++) {
        const json_t *row = json_array_get(values, i), *other = json_array_get(shown, i);

        for (size_t j = 0; j < json_array_size(row); j++) {
            const json_t *name = json_array_get(names, j);

            if (json_is_number(json_array_get(row, j)) &&
                json_is_string(json_array_get(other, j)) && json_is_string(name))
                json_object_setn_new_nocheck(times, json_string_value(name),
                                             json_string_length(name), json_true());
        }
    }
    return times;
}

bool sheet_values_is_time(const void *times, struct bc_str column)
{
    return column.len && json_object_getn(times, column.at, column.len);
}
