#include "tests/sample/names.h"

#include <ctype.h>
#include <stdio.h>

static const char *const first[] = {
    "Brindle", "Quill",  "Tansy",   "Marrow", "Pebble", "Thistle", "Lark",    "Otter",
    "Bramble", "Copper", "Saffron", "Willow", "Heron",  "Juniper", "Kestrel", "Lantern",
    "Meadow",  "Nettle", "Oriel",   "Pippin", "Quince", "Russet",  "Sorrel",  "Teasel",
    "Umber",   "Velvet", "Wicker",  "Yarrow", "Zephyr", "Alder",   "Badger",  "Clover",
    "Damson",  "Elder",  "Fennel",  "Gorse",  "Hazel",  "Ivory",   "Jasper",  "Kelp",
};
static const char *const second[] = { "moor",  "mere", "holt",  "wick", "stead",  "ford",
                                      "haven", "dale", "combe", "ness", "bridge", "field" };
static const char *const forms[] = {
    "University of %s",
    "%s University",
    "%s Institute of Technology",
    "Universität %s",
    "%s College",
    "Royal %s Academy",
    "Université de %s",
    "%s University of Applied Sciences",
    "%s School of Economics",
};

#define LEN(array) (sizeof(array) / sizeof((array)[0]))

/* A step of 5 in the second part reaches all 12 before a pair comes again. */
static void stem(char out[32], unsigned n)
{
    snprintf(out, 32, "%s%s", first[n % LEN(first)],
             second[(n % LEN(first) + n / LEN(first) * 5) % LEN(second)]);
}

const char *sample_slug(bc_arena *arena, unsigned n)
{
    char name[32];

    stem(name, n);
    name[0] = (char)tolower((unsigned char)name[0]);
    return bc_arena_copy(arena, bc_str_of(name)).at;
}

static const char *form_of(unsigned n)
{
    return forms[(n + n / LEN(first)) % LEN(forms)];
}

bool sample_pays_euros(unsigned n)
{
    return strncmp(form_of(n), "Universität", 12) == 0 ||
           strncmp(form_of(n), "Université", 11) == 0;
}

/* The form is filled in by hand, since a format should be a literal. */
const char *sample_university(bc_arena *arena, unsigned n)
{
    const char *form = form_of(n);
    size_t before = (size_t)(strchr(form, '%') - form);
    char name[32], full[128];

    stem(name, n);
    snprintf(full, sizeof(full), "%.*s%s%s", (int)before, form, name, form + before + 2);
    return bc_arena_copy(arena, bc_str_of(full)).at;
}

const char *sample_pick(struct sample_random *random, const char *const *texts)
{
    int64_t n = 0;

    while (texts[n])
        n++;
    return texts[sample_between(random, 0, n - 1)];
}

static const struct sample_reason early[] = {
    { "timing",
      34,
      { "Budget round closes in June, ask again then", "New provost, nothing moves before summer",
        "Examinations until July" },
      { "Write in the first weeks of term, never in the last",
        "Ask for the date of the budget round in the first mail" } },
    { "wrong_icp",
      30,
      { "Research only, no teaching to speak of", "Two hundred students, one office",
        "Belongs to a group that buys centrally" },
      { "Below two thousand students nobody owns the subject",
        "Look up who signs before writing at all" } },
    { "other",
      24,
      { "No answer to anything", "The contact has left, no successor",
        "Asked not to be written to" },
      { "Two contacts a university, from the first day", "A call before the first mail helps" } },
    { "competitor",
      12,
      { "In a state-wide consortium already", "Signed with somebody else in spring" },
      { "Keep a list of consortia and their end dates" } },
};

static const struct sample_reason late[] = {
    { "price",
      36,
      { "Half of what we ask for would be possible", "Library pays, and the library is cut",
        "Wants three years for the price of two" },
      { "Show the price for a faculty beside that for the whole house",
        "Name the price before the second meeting" } },
    { "timing",
      22,
      { "Next budget year at the earliest", "Campus system changes first" },
      { "Ask what else is being introduced this year" } },
    { "competitor",
      18,
      { "The neighbour university recommended another", "Stays with what the students know" },
      { "Bring a reference from the same region" } },
    { "feature_gap",
      24,
      { "Needs single sign-on with the state federation", "No export for the accreditation report",
        "Must run on their own machines" },
      { "Federation sign-on decides in this segment", "Ask for the accreditation cycle early" } },
};

static const struct sample_reason *choose(struct sample_random *random,
                                          const struct sample_reason *reasons)
{
    int64_t roll = sample_between(random, 0, 99);

    while (roll >= reasons->percent) {
        roll -= reasons->percent;
        reasons++;
    }
    return reasons;
}

const struct sample_reason *sample_reason_early(struct sample_random *random)
{
    return choose(random, early);
}

const struct sample_reason *sample_reason_late(struct sample_random *random)
{
    return choose(random, late);
}
