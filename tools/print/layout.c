#include "tools/print/layout.h"

/* One column beside `sum`; of no width, it is none. */
static size_t beside(size_t sum, size_t width)
{
    return sum + width + (sum > 0 && width > 0 ? LAYOUT_GAP : 0);
}

static size_t taken(const struct layout *columns, size_t n)
{
    size_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum = beside(sum, columns[i].width);
    return sum;
}

bool layout_whole(const struct layout *columns, size_t n, size_t most)
{
    size_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum = beside(sum, columns[i].natural);
    return sum <= most;
}

/* Those that are shown as wide as they may be when none is wider than `most` unless it must be. */
static void level(struct layout *columns, size_t n, size_t most)
{
    for (size_t i = 0; i < n; i++) {
        struct layout *column = &columns[i];

        if (column->width == 0)
            continue;
        column->width = column->natural < most ? column->natural : most;
        if (column->width < column->least)
            column->width = column->least;
    }
}

/* The widest level at which all fit; false: not even the lowest. What is left over goes to the
 * columns from the left. */
static bool narrow(struct layout *columns, size_t n, size_t most)
{
    size_t at = most; /* no column has more */

    level(columns, n, at);
    while (taken(columns, n) > most && at > 1)
        level(columns, n, --at);
    if (taken(columns, n) > most)
        return false;
    for (size_t i = 0; i < n && taken(columns, n) < most; i++)
        if (columns[i].width == at && columns[i].natural > at)
            columns[i].width++;
    return true;
}

/* The column that is left out next, or NULL. */
static struct layout *least_wanted(struct layout *columns, size_t n)
{
    struct layout *found = NULL;

    for (size_t i = 0; i < n; i++)
        if (columns[i].width && columns[i].leave && (!found || columns[i].leave > found->leave))
            found = &columns[i];
    return found;
}

bool layout_fit(struct layout *columns, size_t n, size_t most)
{
    for (size_t i = 0; i < n; i++)
        columns[i].width = columns[i].natural;
    while (!narrow(columns, n, most)) {
        struct layout *out = least_wanted(columns, n);

        if (!out)
            return false;
        out->width = 0;
    }
    return true;
}

size_t layout_block(const struct layout *columns, size_t n, size_t fixed, size_t from, size_t most)
{
    size_t sum = 0, count = 0;

    for (size_t i = 0; i < fixed; i++)
        sum = beside(sum, columns[i].least);
    for (; from + count < n; count++) {
        const struct layout *column = &columns[from + count];

        sum = beside(sum, column->least);
        if (count > 0 && (sum > most || column->begins))
            break;
    }
    return count;
}
