/* A forger without a key (tests/support/forger.h) who changes, drops and exchanges lines and
 * sections of evidence. */
#include "tests/support/check.h"
#include "tests/support/folder.h"
#include "tests/support/forger.h"
#include "tests/support/history.h"

enum { LINES_MOST = 400 };

/* --- lines --- */

struct lines {
    struct bc_buf text;
    struct bc_str at[LINES_MOST]; /* with their ends */
    size_t n;
};

static void lines_read(struct lines *lines, const char *name)
{
    struct bc_str rest, line;

    *lines = (struct lines){ 0 };
    file_read(&lines->text, forger_at(name));
    rest = bc_buf_str(&lines->text);
    while (bc_line_take(&rest, &line)) {
        assert_true(lines->n < LINES_MOST);
        lines->at[lines->n++] = (struct bc_str){ line.at, line.len + 1 };
    }
}

/* The lines first..last-1 twice, or not at all. */
static void join_parts(struct bc_buf *out, const struct lines *lines, size_t first, size_t last,
                       unsigned times)
{
    out->len = 0;
    for (size_t i = 0; i < first; i++)
        bc_buf_add_str(out, lines->at[i]);
    for (unsigned k = 0; k < times; k++)
        for (size_t i = first; i < last; i++)
            bc_buf_add_str(out, lines->at[i]);
    for (size_t i = last; i < lines->n; i++)
        bc_buf_add_str(out, lines->at[i]);
}

static void put(struct bc_buf *out, const struct lines *lines, size_t i, struct bc_str line,
                size_t k, struct bc_str other)
{
    out->len = 0;
    for (size_t at_line = 0; at_line < lines->n; at_line++)
        bc_buf_add_str(out, at_line == i ? line : at_line == k ? other : lines->at[at_line]);
}

static const char *const files[] = { "signed", "old", "both" };
static const char *const donors[] = { "signed", "old", "both", "unsigned", "d2", "of-other" };
static const size_t trusted[] = { 0, 1, 3 };

static void lines_dropped_or_doubled(void **state)
{
    struct bc_buf forged = { 0 };

    (void)state;
    for (size_t f = 0; f < ARRAY_LEN(files); f++) {
        struct lines lines;

        lines_read(&lines, files[f]);
        for (size_t first = 0; first < lines.n; first++)
            for (size_t last = first + 1; last <= lines.n && last <= first + 9; last++)
                for (unsigned times = 0; times <= 2; times += 2) {
                    join_parts(&forged, &lines, first, last, times);
                    forger_must_fail(bc_buf_str(&forged), &forger_trusts[trusted[f]], "lines");
                }
        bc_buf_release(&lines.text);
    }
    bc_buf_release(&forged);
}

static void lines_exchanged_with_each_other(void **state)
{
    struct bc_buf forged = { 0 };

    (void)state;
    for (size_t f = 0; f < ARRAY_LEN(files); f++) {
        struct lines lines;

        lines_read(&lines, files[f]);
        for (size_t i = 0; i < lines.n; i++)
            for (size_t k = i + 1; k < lines.n; k++) {
                put(&forged, &lines, i, lines.at[k], k, lines.at[i]);
                forger_must_fail(bc_buf_str(&forged), &forger_trusts[trusted[f]], "exchanged");
            }
        bc_buf_release(&lines.text);
    }
    bc_buf_release(&forged);
}

/* Each line by lines of other files, of those of the same length first of all. */
static void lines_exchanged_with_those_of_other_files(void **state)
{
    struct bc_buf forged = { 0 };
    uint64_t random = 1;

    (void)state;
    for (size_t f = 0; f < ARRAY_LEN(files); f++) {
        struct lines lines, donor;

        lines_read(&lines, files[f]);
        for (size_t d = 0; d < ARRAY_LEN(donors); d++) {
            lines_read(&donor, donors[d]);
            for (size_t i = 0; i < lines.n; i++)
                for (size_t k = 0; k < donor.n; k++) {
                    if (bc_str_eq(donor.at[k], lines.at[i]) ||
                        (donor.at[k].len != lines.at[i].len && history_random(&random, 16)) ||
                        (donor.at[k].len == lines.at[i].len && history_random(&random, 4)))
                        continue;
                    put(&forged, &lines, i, donor.at[k], lines.n, donor.at[k]);
                    forger_must_fail(bc_buf_str(&forged), &forger_trusts[trusted[f]], "put in");
                }
            bc_buf_release(&donor.text);
        }
        bc_buf_release(&lines.text);
    }
    bc_buf_release(&forged);
}

/* --- sections --- */

/* The first line of each section, and the end. */
static size_t sections_of(size_t out[LINES_MOST + 1], const struct lines *lines)
{
    size_t n = 0;

    out[n++] = 0;
    for (size_t i = 1; i < lines->n; i++)
        if (lines->at[i - 1].len == 1 && lines->at[i].at[0] >= 'a' && lines->at[i].at[0] <= 'z')
            out[n++] = i;
    out[n] = lines->n;
    return n;
}

static void sections_exchanged_and_put_in(void **state)
{
    size_t parts[LINES_MOST + 1], others[LINES_MOST + 1];
    struct bc_buf forged = { 0 };

    (void)state;
    for (size_t f = 0; f < ARRAY_LEN(files); f++) {
        struct lines lines, donor;
        size_t part_n, other_n;

        lines_read(&lines, files[f]);
        part_n = sections_of(parts, &lines);
        for (size_t d = 0; d < ARRAY_LEN(donors); d++) {
            lines_read(&donor, donors[d]);
            other_n = sections_of(others, &donor);
            for (size_t i = 0; i < part_n; i++)
                for (size_t k = 0; k < other_n; k++)
                    for (size_t keep = 0; keep <= 1; keep++) { /* beside the one there, or for it */
                        forged.len = 0;
                        for (size_t l = 0; l < parts[i + keep]; l++)
                            bc_buf_add_str(&forged, lines.at[l]);
                        for (size_t l = others[k]; l < others[k + 1]; l++)
                            bc_buf_add_str(&forged, donor.at[l]);
                        for (size_t l = parts[i + 1]; l < lines.n; l++)
                            bc_buf_add_str(&forged, lines.at[l]);
                        forger_must_fail(bc_buf_str(&forged), &forger_trusts[trusted[f]],
                                         "section");
                    }
            bc_buf_release(&donor.text);
        }
        bc_buf_release(&lines.text);
    }
    bc_buf_release(&forged);
}

/* The file without the section `out`, a record, and with the number of records mended; its list
 * stays (0), goes (1), or is exchanged for a section of another file (2 and more). */
static void leave_out(struct bc_buf *forged, const struct lines *lines, size_t out,
                      const struct lines *donor, size_t list)
{
    size_t parts[LINES_MOST + 1], others[LINES_MOST + 1];
    const size_t part_n = sections_of(parts, lines);

    (void)sections_of(others, donor);
    forged->len = 0;
    bc_buf_printf(forged, "%.*s%.*srecords %c\n\n", BC_STR_ARG(lines->at[0]),
                  BC_STR_ARG(lines->at[1]), lines->at[2].at[8] - 1);
    for (size_t i = 1; i < part_n; i++) {
        const bool other = list > 0 && memcmp(lines->at[parts[i]].at, "list ", 5) == 0;

        if (i == out || (other && list == 1))
            continue;
        if (other)
            for (size_t l = others[list - 2]; l < others[list - 1]; l++)
                bc_buf_add_str(forged, donor->at[l]);
        else
            for (size_t l = parts[i]; l < parts[i + 1]; l++)
                bc_buf_add_str(forged, lines->at[l]);
    }
}

static void records_left_out_without_a_trace(void **state)
{
    size_t parts[LINES_MOST + 1], others[LINES_MOST + 1];
    struct bc_buf forged = { 0 };

    (void)state;
    for (size_t f = 0; f < ARRAY_LEN(files); f++) {
        struct lines lines, donor;

        lines_read(&lines, files[f]);
        lines_read(&donor, files[(f + 1) % ARRAY_LEN(files)]);
        for (size_t out = 1, n = sections_of(parts, &lines); out < n; out++) {
            if (memcmp(lines.at[parts[out]].at, "record ", 7) != 0)
                continue;
            for (size_t list = 0; list <= sections_of(others, &donor) + 1; list++) {
                leave_out(&forged, &lines, out, &donor, list);
                forger_must_fail(bc_buf_str(&forged), &forger_trusts[trusted[f]], "left out");
            }
        }
        bc_buf_release(&lines.text);
        bc_buf_release(&donor.text);
    }
    bc_buf_release(&forged);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_dropped_or_doubled),
        cmocka_unit_test(lines_exchanged_with_each_other),
        cmocka_unit_test(lines_exchanged_with_those_of_other_files),
        cmocka_unit_test(sections_exchanged_and_put_in),
        cmocka_unit_test(records_left_out_without_a_trace),
    };

    return cmocka_run_group_tests_name("tools/check/forger", tests, forger_begin, forger_end);
}
