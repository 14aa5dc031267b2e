/* projections/rules/metric_kinds.h - the kinds of metrics, a row each.
 *
 * A row has all that there is about a kind, except its code. The rules read its word and its keys;
 * what counts, prints and explains depends on its shape, never on the kind. The layers above derive
 * the names of its functions from the word: bc_WORD_add (metrics/WORD.c) adds a deal's
 * contributions to a figure, bc_reasons_WORD (explain/) why a figure does not count a deal. Without
 * them a row does not link. */
#ifndef BC_PROJECTIONS_RULES_METRIC_KINDS_H
#define BC_PROJECTIONS_RULES_METRIC_KINDS_H

#include <stdbool.h>
#include <stdint.h>

/* What the value is. */
enum bc_measure {
    BC_MEASURE_COUNT, /* how many there are */
    BC_MEASURE_RATE,  /* the ratio of them that are hits */
    BC_MEASURE_DAYS,  /* their mean, in days; those without a length are excluded */
};

/* What `n` counts. */
enum bc_subject {
    BC_OF_DEALS,
    BC_OF_MEETINGS, /* each once, through however many deals */
    BC_OF_EMAILS,
    BC_OF_ATTEMPTS, /* visits that were left */
};

/* The keys of a metric in a rules file, in the order in which messages list them. */
enum bc_metric_key {
    BC_KEY_KIND,
    BC_KEY_HEADLINE,
    BC_KEY_WINDOW_DAYS,
    BC_KEY_STAGES,
    BC_KEY_FROM,
    BC_KEY_TO,
    BC_KEY_BASIS,
    BC_KEY_CONTRACT,
    BC_KEY_DAYS,
    BC_KEY_RENEWED_BY,
    BC_KEY_TYPES,
    BC_KEY_OUTCOMES,
    BC_KEY_STALLED_AFTER,
    BC_KEY_DEAL_TYPES,
    BC_KEY_HAVING,
    BC_KEY_LACKING,
    BC_KEY_N
};
#define BC_KEY(key) (UINT32_C(1) << BC_KEY_##key)
/* Those that a metric of any kind may have, besides its kind. */
#define BC_KEYS_OF_ALL (BC_KEY(HEADLINE) | BC_KEY(DEAL_TYPES) | BC_KEY(HAVING) | BC_KEY(LACKING))

/* KIND(CONSTANT, word, ...): BC_CONSTANT, its word in a rules file, the rest of its struct bc_kind.
 * Nothing is repeated: the enum, the tables and the declarations are made from this. */
#define BC_METRIC_KINDS(KIND)                                                                      \
    /* deals whose stage is in `stages`, and whose contract fits */                                \
    KIND(COUNT, count, .measure = BC_MEASURE_COUNT, .of = BC_OF_DEALS, .needs = BC_KEY(STAGES),    \
         .takes = BC_KEY(CONTRACT) | BC_KEY(DAYS) | BC_KEY(RENEWED_BY))                            \
    /* deals that entered `stages` from outside in the window */                                   \
    KIND(ENTRIES, entries, .measure = BC_MEASURE_COUNT, .of = BC_OF_DEALS,                         \
         .needs = BC_KEY(STAGES), .takes = BC_KEY(WINDOW_DAYS))                                    \
    /* meetings held in the window: of `types`, or of no type in `stages` */                       \
    KIND(MEETINGS, meetings, .measure = BC_MEASURE_COUNT, .of = BC_OF_MEETINGS,                    \
         .needs = BC_KEY(STAGES) | BC_KEY(TYPES), .takes = BC_KEY(WINDOW_DAYS) | BC_KEY(OUTCOMES)) \
    /* ratio of the e-mails sent in the window and in `stages` that were opened */                 \
    KIND(EMAIL_RATE, email_rate, .measure = BC_MEASURE_RATE, .of = BC_OF_EMAILS, .hit = "opened",  \
         .campaigns = true, .needs = BC_KEY(STAGES), .takes = BC_KEY(WINDOW_DAYS))                 \
    /* from `from` to `to` */                                                                      \
    KIND(CONVERSION, conversion, .measure = BC_MEASURE_RATE, .of = BC_OF_ATTEMPTS,                 \
         .hit = "converted", .needs = BC_KEY(FROM) | BC_KEY(TO),                                   \
         .takes = BC_KEY(WINDOW_DAYS) | BC_KEY(BASIS))                                             \
    /* days from first entry into `from` to first entry into `to` */                               \
    KIND(LEAD_TIME, lead_time, .measure = BC_MEASURE_DAYS, .of = BC_OF_DEALS,                      \
         .needs = BC_KEY(FROM) | BC_KEY(TO), .takes = BC_KEY(WINDOW_DAYS))                         \
    /* days spent in `stages` */                                                                   \
    KIND(TIME_IN_STAGE, time_in_stage, .measure = BC_MEASURE_DAYS, .of = BC_OF_DEALS,              \
         .closed = true, .stalled = true, .needs = BC_KEY(STAGES),                                 \
         .takes = BC_KEY(WINDOW_DAYS) | BC_KEY(STALLED_AFTER))

#define BC_METRIC_KIND_CONSTANT(CONSTANT, ...) BC_##CONSTANT,
enum bc_metric_kind { BC_METRIC_KINDS(BC_METRIC_KIND_CONSTANT) BC_METRIC_KIND_N };
#undef BC_METRIC_KIND_CONSTANT

struct bc_kind {
    const char *word;
    enum bc_measure measure;
    enum bc_subject of;
    const char *hit;       /* what a hit is, if it is a rate: "converted" */
    bool closed;           /* days: also the mean of the deals that are through */
    bool stalled;          /* lists deals that have been there for longer than `stalled_after` */
    bool campaigns;        /* lists campaigns */
    uint32_t needs, takes; /* sets of BC_KEY: must be there; may be */
};
extern const struct bc_kind bc_metric_kinds[BC_METRIC_KIND_N];

#endif
