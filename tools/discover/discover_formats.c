#include "tools/discover/discover_formats.h"

#include <assert.h>
#include <pthread.h>

enum { NUMBERS = 1, DAY_FIRST = 2, MONTH_FIRST = 4 };

/* In the order in which they are taken where several fit. One that has its day first is followed
 * by the one with its month first. */
static const struct {
    const char *text;
    unsigned is;
} known[] = {
    { "rfc3339", 0 },
    { "%Y-%m-%d", 0 },
    { "%Y-%m-%d %H:%M:%S", 0 },
    { "%Y-%m-%dT%H:%M:%S", 0 },
    { "%Y-%m-%d %H:%M", 0 },
    { "%Y-%m-%dT%H:%M", 0 },
    { "%Y/%m/%d", 0 },
    { "%Y/%m/%d %H:%M:%S", 0 },
    { "%Y/%m/%d %H:%M", 0 },
    { "%Y.%m.%d", 0 },
    { "%d.%m.%Y", 0 },
    { "%d.%m.%Y %H:%M", 0 },
    { "%d.%m.%Y %H:%M:%S", 0 },
    { "%d.%m.%Y, %H:%M", 0 },
    { "%d.%m.%Y, %H:%M:%S", 0 },
    { "%d.%m.%y", 0 },
    { "%d.%m.%y %H:%M", 0 },
    { "%d. %m. %Y", 0 },
    { "%d/%m/%Y", DAY_FIRST },
    { "%m/%d/%Y", MONTH_FIRST },
    { "%d/%m/%Y %H:%M", DAY_FIRST },
    { "%m/%d/%Y %H:%M", MONTH_FIRST },
    { "%d/%m/%Y %H:%M:%S", DAY_FIRST },
    { "%m/%d/%Y %H:%M:%S", MONTH_FIRST },
    { "%d/%m/%Y, %H:%M", DAY_FIRST },
    { "%m/%d/%Y, %H:%M", MONTH_FIRST },
    { "%d/%m/%Y, %H:%M:%S", DAY_FIRST },
    { "%m/%d/%Y, %H:%M:%S", MONTH_FIRST },
    { "%d/%m/%Y %I:%M %p", DAY_FIRST },
    { "%m/%d/%Y %I:%M %p", MONTH_FIRST },
    { "%d/%m/%Y, %I:%M %p", DAY_FIRST },
    { "%m/%d/%Y, %I:%M %p", MONTH_FIRST },
    { "%d/%m/%Y %I:%M:%S %p", DAY_FIRST },
    { "%m/%d/%Y %I:%M:%S %p", MONTH_FIRST },
    { "%d/%m/%y", DAY_FIRST },
    { "%m/%d/%y", MONTH_FIRST },
    { "%d/%m/%y %H:%M", DAY_FIRST },
    { "%m/%d/%y %H:%M", MONTH_FIRST },
    { "%d-%m-%Y", DAY_FIRST },
    { "%m-%d-%Y", MONTH_FIRST },
    { "%d-%m-%Y %H:%M", DAY_FIRST },
    { "%m-%d-%Y %H:%M", MONTH_FIRST },
    { "%d-%m-%Y %H:%M:%S", DAY_FIRST },
    { "%m-%d-%Y %H:%M:%S", MONTH_FIRST },
    { "%d-%b-%Y", 0 },
    { "%d-%b-%y", 0 },
    { "%d %b %Y", 0 },
    { "%d %b %Y %H:%M", 0 },
    { "%d. %b %Y", 0 },
    { "%b %d, %Y", 0 },
    { "%b %d, %Y %H:%M", 0 },
    { "%b %d, %Y %I:%M %p", 0 },
    { "%a, %d %b %Y", 0 },
    { "%a, %d %b %Y %H:%M:%S %z", 0 },
    { "%a, %b %d, %Y", 0 },
    { "%Y%m%d", NUMBERS },
    { "excel_1900", NUMBERS },
    { "epoch_s", NUMBERS },
    { "epoch_ms", NUMBERS },
};
enum { KNOWN_N = sizeof(known) / sizeof(known[0]) };
static_assert(KNOWN_N <= 64, "a set has 64 bits");

static struct csv_format formats[KNOWN_N];

static void make(void)
{
    for (unsigned i = 0; i < KNOWN_N; i++) {
        bc_status rc = csv_format_init(&formats[i], bc_str_of(known[i].text), NULL);

        assert(rc == BC_OK);
        (void)rc;
    }
}

const struct csv_format *discover_format(unsigned which)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    (void)pthread_once(&once, make);
    assert(which < KNOWN_N);
    return &formats[which];
}

discover_formats discover_formats_numbers(void)
{
    discover_formats set = 0;

    for (unsigned i = 0; i < KNOWN_N; i++)
        if (known[i].is == NUMBERS)
            set |= (discover_formats)1 << i;
    return set;
}

discover_formats discover_formats_of(struct bc_str text)
{
    const int64_t least = bc_day_of_civil(1990, 1, 1) * BC_DAY_US,
                  most = bc_day_of_civil(2100, 1, 1) * BC_DAY_US;
    discover_formats set = 0;
    struct csv_moment m;

    if (text.len < 5 || text.len > 40)
        return 0;
    for (unsigned i = 0; i < KNOWN_N; i++) {
        if (!csv_format_parse(&m, discover_format(i), text))
            continue;
        if (known[i].is != NUMBERS || (m.us >= least && m.us < most))
            set |= (discover_formats)1 << i;
    }
    return set;
}

static int order_of(unsigned format)
{
    return known[format].is == DAY_FIRST ? 1 : known[format].is == MONTH_FIRST ? -1 : 0;
}

unsigned discover_turned(unsigned format)
{
    const int order = order_of(format);

    return order > 0 ? format + 1 : order < 0 ? format - 1 : format;
}

/* The orders that a set has: bit 0 for the day first, bit 1 for the month. */
static unsigned orders_of(discover_formats set)
{
    unsigned orders = 0;

    for (unsigned i = 0; i < KNOWN_N; i++)
        if (set >> i & 1 && order_of(i))
            orders |= order_of(i) > 0 ? 1 : 2;
    return orders;
}

/* Whether the cells tell the day from the month. */
static void look_at_order(struct discover_choice *choice, const struct discover_fit *fits, size_t n)
{
    const struct discover_fit *proofs[4] = { NULL };

    for (size_t i = 0; i < n; i++) {
        const unsigned orders = orders_of(fits[i].set);

        if (!proofs[orders])
            proofs[orders] = &fits[i];
    }
    choice->both = proofs[1] && proofs[2];
    choice->first = proofs[1] || (proofs[3] && !proofs[2]) ? 1 : proofs[2] ? -1 : 0;
    choice->proof = proofs[1] ? proofs[1] : proofs[2];
}

/* How many cells of the sets not yet covered are in a format. */
static uint64_t covers(const struct discover_fit *fits, size_t n, discover_formats taken,
                       unsigned which)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < n; i++)
        if (!(fits[i].set & taken) && fits[i].set >> which & 1)
            sum += fits[i].n;
    return sum;
}

struct discover_choice discover_choose(const struct discover_fit *fits, size_t n, bool numbers)
{
    struct discover_choice choice = { 0 };
    discover_formats taken = 0;

    look_at_order(&choice, fits, n);
    while (choice.n < DISCOVER_CHOICE_MOST) {
        unsigned best = KNOWN_N;
        uint64_t most = 0;

        for (unsigned i = 0; i < KNOWN_N; i++) {
            const bool left_out = (known[i].is == NUMBERS && !numbers) ||
                                  (order_of(i) == -choice.first && choice.first && !choice.both);
            const uint64_t sum = left_out ? 0 : covers(fits, n, taken, i);

            if (sum > most) {
                best = i;
                most = sum;
            }
        }
        if (most == 0)
            break;
        taken |= (discover_formats)1 << best;
        choice.format[choice.n++] = best;
    }
    return choice;
}
