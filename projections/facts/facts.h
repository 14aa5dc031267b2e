/* projections/facts/facts.h - what metrics and findings read of an event, in 16 to 56 bytes.
 *
 * A fact is a row of 8-byte little-endian words:
 *
 *   word 0   occurred_us (58 bits) | kind (6)
 *   word 1   seq (39) | whether a source's recording time follows (1) | value (24)
 *   then, where flagged: the source's recording time
 *   then, by kind:
 *     MEETING               id (2 words), starts_us, type word | outcome word << 32
 *     EMAIL_SENT, _OPENED   id (2 words)
 *     RENEWS                id of the other deal (2 words), where value is 1
 *     RULES                 when they take effect
 *     RETRACTED             seq of the event that it names
 *     REPLY                 id (2 words)
 *     PROPERTY and others   as many words as value says: texts (projections/facts/learning.h)
 *
 * Facts of a deal are in the order of seq. An event may make several (a creation: stage and deal
 * type), one, or none. Ids are the first 128 bits of a SHA-256; texts are numbers in the string
 * table (projections/facts/string_table.h), 0 for the empty one. */
#ifndef BC_PROJECTIONS_FACTS_FACTS_H
#define BC_PROJECTIONS_FACTS_FACTS_H

#include "ledger/base/instant.h"
#include "ledger/record/event.h"
#include "projections/facts/string_table.h"

#include <string.h>

#include <endian.h>

enum bc_fact_kind {
    BC_FACT_STAGE = 1,      /* value: the stage id, a string number */
    BC_FACT_STAGE_OBSERVED, /* the same, but observed, not entered */
    BC_FACT_DEAL_TYPE,      /* value: word */
    BC_FACT_CONTRACT_START, /* value: a day, see below */
    BC_FACT_CONTRACT_END,
    BC_FACT_PARKED_UNTIL,
    BC_FACT_MRR,    /* value: 1 set, 0 unset */
    BC_FACT_RENEWS, /* value: 1 set, 0 unset */
    BC_FACT_DELETED,
    BC_FACT_RESTORED,
    BC_FACT_MERGED, /* into another deal */
    BC_FACT_MEETING,
    BC_FACT_EMAIL_SENT, /* value: the campaign, a string number */
    BC_FACT_EMAIL_OPENED,
    BC_FACT_SERVICE_ENDED,
    BC_FACT_LOSS,      /* value: 1 of a reason that is not listed (projections/facts/listed.h) */
    BC_FACT_PIVOT,     /* value: the red line, a string number; under no deal */
    BC_FACT_STAY,      /* the same, decided not to pivot */
    BC_FACT_RULES,     /* published; value: the version, a string number; under no deal */
    BC_FACT_REPORT,    /* issued; under no deal */
    BC_FACT_QUALIFIED, /* the audit's: a qualification was recorded, ... */
    BC_FACT_LEARNING,
    BC_FACT_SIGNED,    /* an agreement was */
    BC_FACT_ORDERED,   /* an order was placed */
    BC_FACT_HANDED,    /* a hand-off was opened or accepted */
    BC_FACT_CREATED,   /* value: 1 it was observed, not begun */
    BC_FACT_AHEAD,     /* the event is dated after it was recorded */
    BC_FACT_MISNAMED,  /* a property of a name that was meant for a listed one; value: the name */
    BC_FACT_ACTIVITY,  /* something else was done for the deal */
    BC_FACT_RETRACTED, /* under the deal of the event that the chain ends in */
    BC_FACT_FROM,      /* a change's stage before it, as told; value: a string number */
    BC_METRIC_FACT_END,
};

/* What no metric reads, in a family of its own: projections/facts/learning.h. */
enum bc_learning_kind {
    BC_FACT_PROPERTY = BC_METRIC_FACT_END,
    BC_FACT_LEAD,
    BC_FACT_QUALIFICATION,
    BC_FACT_ATTEMPT,
    BC_FACT_REPLY,
    BC_FACT_EXPERIMENT, /* begun; under no deal, as the next one */
    BC_FACT_CONCLUSION,
    BC_FACT_ENROLMENT,
    BC_FACT_ICP, /* published; under no deal, as the next one */
    BC_FACT_PLAYBOOK,
    BC_FACT_LOST_BECAUSE,
    BC_FACT_LESSON,
    BC_FACT_ARTIFACT,
    BC_FACT_AGREED,
    BC_FACT_ORDER_STARTED,
    BC_FACT_ORDER_PLACED,
    BC_FACT_HANDOFF_OPENED,
    BC_FACT_HANDOFF_ACCEPTED,
    BC_FACT_SERVICE_STARTED,
    BC_FACT_HEALTH,
    BC_FACT_INTENT,
    BC_FACT_REVIEW, /* held; under no deal, as the next one */
    BC_FACT_ROLE,
    BC_FACT_ACTION_DECIDED,
    BC_FACT_ACTION_CLOSED,
    BC_FACT_KIND_END,
};

/* Days as values: 0 for unset, 1 for an invalid date, else the days since 0001-01-01 plus 2. */
#define BC_VALUE_UNSET   0
#define BC_VALUE_BAD_DAY 1
#define BC_VALUE_OF_DAY  2

/* The day of a value that is one: since 1970, negative before. */
static inline int32_t bc_value_day(uint32_t value)
{
    return (int32_t)(value - BC_VALUE_OF_DAY) + BC_DAY_MIN;
}

#define BC_FACT_LEAST 16 /* bytes of the shortest fact */

/* Bits of the two words that every fact begins with; the highest are an instant's and a seq's. */
enum { BC_FACT_KIND_BITS = 6, BC_FACT_VALUE_BITS = 24, BC_FACT_SEQ_SHIFT = BC_FACT_VALUE_BITS + 1 };

#define BC_SEQ_MAX (UINT64_C(1) << (64 - BC_FACT_SEQ_SHIFT)) /* seqs in facts are below */

_Static_assert(BC_FACT_KIND_END <= 1 << BC_FACT_KIND_BITS, "a kind of fact has no room");
_Static_assert(BC_INSTANT_MAX >> (64 - BC_FACT_KIND_BITS) == 0, "an instant has no room");
_Static_assert(BC_WORD_MAX <= 1 << BC_FACT_VALUE_BITS, "the number of a word has no room");
_Static_assert(BC_DAY_MAX - BC_DAY_MIN + BC_VALUE_OF_DAY < 1 << BC_FACT_VALUE_BITS,
               "a day has no room");

/* A set of kinds has bits of these. */
#define BC_FACT_BIT(kind) (UINT64_C(1) << (kind))
_Static_assert(BC_FACT_KIND_END <= 64, "a set of kinds is 64 bits");

struct bc_id128 {
    uint64_t half[2];
};
/* Of a meeting, an e-mail, a deal. */
struct bc_id128 bc_id128_of(struct bc_str text);
static inline bool bc_id128_eq(struct bc_id128 a, struct bc_id128 b)
{
    return a.half[0] == b.half[0] && a.half[1] == b.half[1];
}
static inline int bc_id128_cmp(struct bc_id128 a, struct bc_id128 b)
{
    if (a.half[0] != b.half[0])
        return a.half[0] < b.half[0] ? -1 : 1;
    return (a.half[1] > b.half[1]) - (a.half[1] < b.half[1]);
}

/* A fact, all of it. */
struct bc_fact {
    int64_t occurred_us;
    uint64_t seq;
    enum bc_fact_kind kind;
    uint32_t value;
    bool has_source_recorded;
    int64_t source_recorded_us;
    struct bc_id128 id;
    int64_t starts_us;      /* meeting */
    uint32_t type, outcome; /* meeting: words */
    int64_t effective_us;   /* rules */
    uint64_t target_seq;    /* retraction */
};

/* The order in which events are folded: by (occurred, seq). Comparisons for qsort. */
static inline int bc_fold_order(int64_t a_us, uint64_t a_seq, int64_t b_us, uint64_t b_seq)
{
    if (a_us != b_us)
        return a_us < b_us ? -1 : 1;
    return (a_seq > b_seq) - (a_seq < b_seq);
}

/* The deal under which an event's facts are placed; "" for those about none. */
struct bc_str bc_fact_owner(const struct bc_event *event);
/* Adds the facts of an event that has this seq, and its recorded time. Not for retractions. */
void bc_facts_add(struct bc_buf *out, const struct bc_event *event, uint64_t seq,
                  bc_string_table *strings);
/* Adds one fact of an event, with n more words; for what makes facts. */
void bc_fact_put(struct bc_buf *out, const struct bc_event *event, uint64_t seq, uint8_t kind,
                 uint32_t value, const uint64_t *more, size_t n);
/* Adds a retraction's fact; its times, seq and target are set. */
void bc_facts_add_retraction(struct bc_buf *out, const struct bc_fact *retraction);
/* Renumbers the strings of some facts: w becomes numbers[w]. */
void bc_facts_renumber(char *facts, size_t len, const uint32_t *numbers);

/* A fact as stored: what every one has, and where the rest is. */
struct bc_fact_at {
    int64_t occurred_us;
    uint64_t seq;
    const char *rest; /* 8-byte words after the source's recording time */
    uint32_t value;
    uint8_t kind; /* enum bc_fact_kind, or bc_learning_kind */
    bool has_source_recorded;
};

/* How many 8-byte words a fact of each kind has after its recording time: so many, and so many for
 * each one of its value (a BC_FACT_RENEWS that is set has an id). */
extern const uint8_t bc_fact_rest[BC_FACT_KIND_END], bc_fact_each[BC_FACT_KIND_END];
extern const bool bc_fact_value_is_word[BC_FACT_KIND_END];

static inline uint64_t bc_fact_word(const char *at, size_t i)
{
    uint64_t word;

    memcpy(&word, at + i * sizeof(word), sizeof(word));
    return le64toh(word);
}

/* Steps over the first fact. False: the bytes are no facts. */
static inline bool bc_fact_step(struct bc_fact_at *out, struct bc_str *bytes)
{
    uint64_t first, second;
    size_t words = 2;

    if (bytes->len < 2 * sizeof(first))
        return false;
    first = bc_fact_word(bytes->at, 0);
    second = bc_fact_word(bytes->at, 1);
    out->occurred_us = (int64_t)(first >> BC_FACT_KIND_BITS);
    out->kind = first & ((1 << BC_FACT_KIND_BITS) - 1);
    out->seq = second >> BC_FACT_SEQ_SHIFT;
    out->has_source_recorded = second >> BC_FACT_VALUE_BITS & 1;
    out->value = second & ((1 << BC_FACT_VALUE_BITS) - 1);
    if (out->kind == 0 || out->kind >= BC_FACT_KIND_END)
        return false;
    words += out->has_source_recorded;
    out->rest = bytes->at + words * sizeof(first);
    words += bc_fact_rest[out->kind] + (size_t)bc_fact_each[out->kind] * out->value;
    if (bytes->len < words * sizeof(first))
        return false;
    bytes->at += words * sizeof(first);
    bytes->len -= words * sizeof(first);
    return true;
}

static inline int64_t bc_fact_source_recorded(const struct bc_fact_at *fact)
{
    return (int64_t)bc_fact_word(fact->rest - sizeof(uint64_t), 0);
}

/* Of a meeting, an e-mail, a deal that is renewed. */
static inline struct bc_id128 bc_fact_id(const struct bc_fact_at *fact)
{
    return (struct bc_id128){ { bc_fact_word(fact->rest, 0), bc_fact_word(fact->rest, 1) } };
}

/* Of a meeting. */
static inline int64_t bc_fact_starts(const struct bc_fact_at *fact)
{
    return (int64_t)bc_fact_word(fact->rest, 2);
}
static inline uint32_t bc_fact_type(const struct bc_fact_at *fact)
{
    return (uint32_t)bc_fact_word(fact->rest, 3);
}
static inline uint32_t bc_fact_outcome(const struct bc_fact_at *fact)
{
    return (uint32_t)(bc_fact_word(fact->rest, 3) >> 32);
}

/* Of a retraction. */
static inline uint64_t bc_fact_target(const struct bc_fact_at *fact)
{
    return bc_fact_word(fact->rest, 0);
}
/* Of rules: when they take effect. */
static inline int64_t bc_fact_effective(const struct bc_fact_at *fact)
{
    return (int64_t)bc_fact_word(fact->rest, 0);
}

/* Takes the first fact off. False: the bytes are no facts. */
bool bc_fact_take(struct bc_fact *out, struct bc_str *bytes);

#endif
