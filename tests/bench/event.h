/* tests/bench/event.h - a made-up event in few bytes, and its line of JSON.
 *
 * Ten million of them are told deal by deal and written in the order of recording, so some hundred
 * thousand wait at a time; they become text only when it is their turn. */
#ifndef BC_TESTS_BENCH_EVENT_H
#define BC_TESTS_BENCH_EVENT_H

#include "ledger/base/mem.h"

/* What an event says, and in brackets what its fields then mean. */
enum bench_body {
    BENCH_CREATED,  /* [word: stage; value: deal type] */
    BENCH_STAGE,    /* [word: to; other: from] */
    BENCH_PROPERTY, /* [word: which; value or at_us: what] */
    BENCH_DELETED,
    BENCH_RESTORED,
    BENCH_MERGED,  /* [value: the other deal] */
    BENCH_MEETING, /* [value: meeting; at_us: start; word: outcome; other: type] */
    BENCH_SENT,    /* [value: campaign, 0 for none; target: e-mail] */
    BENCH_OPENED,  /* [target: e-mail] */
    BENCH_REPLIED, /* [target: e-mail] */
    BENCH_BEGUN,   /* the service */
    BENCH_ENDED,
    BENCH_RETRACTED, /* [at_us, target, other: when the other occurred, its number and body] */
    BENCH_OUTREACH,  /* from here on nothing that a metric reads [value: which texts] */
    BENCH_LEAD,
    BENCH_QUALIFIED,
    BENCH_ENROLLED,
    BENCH_EXPERIMENT,
    BENCH_PRICING,
    BENCH_LOSS,
    BENCH_LEARNING,
    BENCH_ARTIFACT,
    BENCH_AGREEMENT,
    BENCH_SIGNED,
    BENCH_ORDER,
    BENCH_HANDOFF,
    BENCH_HEALTH,
    BENCH_INTENT,
    BENCH_BODY_N
};

enum bench_stage {
    BENCH_NO_STAGE,
    BENCH_ENRICHMENT,
    BENCH_IN_OUTREACH,
    BENCH_DISCOVERY,
    BENCH_RENEWALS,
    BENCH_PROPOSAL,
    BENCH_WON,
    BENCH_LOST,
    BENCH_COMPLETE,
    BENCH_UNKNOWN
};

enum bench_property {
    BENCH_DEAL_TYPE,      /* [value: a type] */
    BENCH_CONTRACT_START, /* [at_us; 0 is no date at all] */
    BENCH_CONTRACT_END,
    BENCH_PARKED_UNTIL,
    BENCH_RENEWS, /* [value: a deal] */
    BENCH_MRR,    /* from here on nothing that a metric reads [value: a number] */
    BENCH_AMOUNT,
    BENCH_OWNER,
    BENCH_TIER,
    BENCH_COMPANY,
    BENCH_TARGET_START, /* [value: how many days later it is] */
    BENCH_TARGET_END,
    BENCH_PROPERTY_N
};

enum bench_type { BENCH_NO_TYPE, BENCH_NEW, BENCH_EXISTING };
enum bench_outcome { BENCH_SCHEDULED, BENCH_COMPLETED, BENCH_NO_SHOW, BENCH_CANCELED };
enum bench_meeting { BENCH_OF_NO_TYPE, BENCH_OF_DISCOVERY, BENCH_OF_RENEWAL, BENCH_OF_PROPOSAL };

enum bench_flag {
    BENCH_OBSERVED = 1,    /* a stage that was found, not entered */
    BENCH_SAYS_LEARNT = 2, /* the source says when it learnt of it */
    BENCH_NO_DEAL = 4      /* the envelope names none */
};

struct bench_event {
    int64_t recorded_us, occurred_us;
    int64_t at_us;
    uint32_t deal, value;
    uint16_t number; /* of the event among its deal's */
    uint16_t target;
    uint8_t body, word, other, flags;
};

/* Adds the event's line. Deals of another seed have other ids. */
void bench_event_print(struct bc_buf *out, const struct bench_event *event, uint64_t seed);

#endif
