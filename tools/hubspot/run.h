/* tools/hubspot/run.h - what the parts of one import share: the account, the connection, the index
 * of the ledger, where events go, and what is noted on the way. */
#ifndef BC_TOOLS_HUBSPOT_RUN_H
#define BC_TOOLS_HUBSPOT_RUN_H

#include "projections/facts/string_table.h"
#include "tools/http/http.h"
#include "tools/hubspot/account.h"
#include "tools/hubspot/index.h"
#include "tools/hubspot/state.h"

/* A deal as HubSpot has it now, in our words. Texts live as long as the run. */
struct hubspot_present {
    struct bc_str id, stage, deal_type, contract_start, contract_end, mrr;
    struct bc_str renews;    /* the deal that it renews, by an association */
    struct bc_str elsewhere; /* its pipeline, where that is not read */
    bool archived;
    bool renews_told; /* its associations with deals are known */
};

/* How a stage ends a deal, by its settings in HubSpot: whether it is closed, and how probable. */
enum hubspot_ending {
    HUBSPOT_ENDING_UNTOLD, /* where only an audit mentions it */
    HUBSPOT_ENDING_NONE,   /* it is open */
    HUBSPOT_ENDING_WON,
    HUBSPOT_ENDING_LOST,
    HUBSPOT_ENDING_UNCLEAR, /* closed, with a probability between */
};

/* A pipeline of deals. */
struct hubspot_pipeline {
    struct bc_str id, label;
};

/* A stage of a pipeline of deals, also one that only an audit still mentions. */
struct hubspot_stage {
    struct bc_str id, label;
    struct bc_str pipeline; /* its id; none where only an audit mentions it */
    struct bc_str former;   /* the last different name that it had before */
    bool live;              /* is in the account now */
    enum hubspot_ending ending;
};

/* A value that a property may have, and how people see it. */
struct hubspot_option {
    struct bc_str value, label;
};

/* A label that an association between deals may have; the number is of its type. */
struct hubspot_label {
    struct bc_str text;
    int64_t number;
};

/* An activity that HubSpot ties to a deal that is not archived. */
struct hubspot_listed {
    const char *word; /* "meeting", "call", "email" */
    struct bc_str object, deal;
    bool quiet;   /* it leaves no event */
    bool unknown; /* HubSpot did not give what it is */
};

/* A property of deals. */
struct hubspot_defined {
    struct bc_str name, label;
    bool calculated;
    bool times; /* holds instants, not days */
    const struct hubspot_option *options;
    size_t option_n;
};

/* A text and how often it came. */
struct hubspot_tally {
    struct {
        struct bc_str text;
        uint64_t n;
    } * at;
    size_t n, cap;
};

/* How many records, and which the first of them are: "deals 123". */
struct hubspot_named {
    uint64_t n;
    struct hubspot_tally which;
};

/* What HubSpot could not give, or gave only half, for the summary. */
struct hubspot_notes {
    uint64_t deals_read;       /* with their history */
    uint64_t cut;              /* histories of stages that look cut off */
    uint64_t bare;             /* deals with a stage and no history of it */
    uint64_t moving;           /* deals that changed while they were read, twice */
    uint64_t remapped;         /* changes recorded anew, as the account file means them now */
    uint64_t withdrawn;        /* changes that are none now, by the account file: retracted */
    uint64_t merged_blind;     /* survivors whose parts were never read on their own */
    uint64_t skipped;          /* deals of pipelines that are not read */
    uint64_t archived_undated; /* archived at an unknown time */
    uint64_t meetings, emails, orders, calls; /* read */
    struct hubspot_meeting_notes {
        uint64_t open;    /* over, and left without an outcome */
        uint64_t undated; /* without history: dated by their last change */
    } of_meetings, of_calls;
    uint64_t calls_dropped;              /* retracted, since the account file counts none */
    uint64_t emails_undated;             /* without a time; left out */
    uint64_t opens_counted;              /* opens known from a counter alone, dated now */
    uint64_t ties;                       /* ties of deals to other objects */
    uint64_t untied, retied;             /* objects retracted from a deal; there again */
    uint64_t renews_withdrawn;           /* deals that renew another than before, or none */
    struct hubspot_named renews_several; /* renewals of deals that renew another, too */
    struct hubspot_named renews_mutual;  /* pairs of which each renews the other */
    struct hubspot_named unread;         /* HubSpot failed to read them, however often asked */
    struct hubspot_named unsound;        /* with a text that is none: see HTTP_UNSOUND */
    struct hubspot_named unfit;          /* of which something cannot be an event */
    struct hubspot_tally unknown_owners;
    struct hubspot_tally unmapped;   /* stages in histories that the account file does not map */
    struct hubspot_tally deleted;    /* stages in histories that are in no pipeline now */
    struct hubspot_tally calculated; /* tracked properties that HubSpot computes */
    uint64_t contested;              /* entries that only one of HubSpot's two witnesses has */
    struct hubspot_tally contested_named; /* the first of them */
    uint64_t parked;                      /* deals that moved to pipelines that are not read */
    struct hubspot_tally skipped_from;    /* pipelines that are not read */
    struct hubspot_tally contradicted;    /* stages mapped to one of another kind than they are */
    struct hubspot_tally times, times_in_utc; /* properties whose times are taken as days */
    struct hubspot_tally zone_moved;          /* "UTC, HubSpot says America/Phoenix" */
    struct hubspot_tally forbidden; /* what the token may not read, and which scope is missing */
    struct hubspot_tally refused;   /* what can be done without, and could not be asked for */
};

/* Where events go. The event and its texts live until it returns. */
struct hubspot_sink {
    /* BC_DONE: it cannot be an event, and was left out. */
    bc_status (*take)(void *payload, const struct bc_event *event, struct bc_err *err);
    /* The events so far are whole objects, and may be committed together with `mark`, the state for
     * the next run if this one ends here; NULL: all or nothing. */
    bc_status (*portion)(void *payload, const struct hubspot_state *mark, struct bc_err *err);
    void *payload;
};

/* How far the next run may rely on what this one has imported so far. */
struct hubspot_mark {
    struct hubspot_state last;   /* before this run: applies to a kind until it is done */
    bool first[HUBSPOT_SEEN_N];  /* none of the kind was known before this run */
    bool held[HUBSPOT_SEEN_N];   /* something of the kind is unread: the next run reads it again */
    int64_t begun_us;            /* on the stopwatch */
    int64_t (*elapsed_us)(void); /* the stopwatch; NULL: it does not advance */
};

struct hubspot_owner {
    struct bc_str id;   /* as deals name their owner */
    struct bc_str user; /* as histories name who changed something, "userId:7"; or empty */
    struct bc_str name; /* or the address; empty: neither is given */
};

struct hubspot_run {
    /* given */
    const struct hubspot_account *account;
    http_client *client;
    hubspot_index *known;
    struct hubspot_sink sink;
    int64_t now_us;
    uint64_t search_most; /* results that one query gives; 0: HubSpot's 10,000 */
    int64_t read_us;      /* by HubSpot's clock: changes up to then were imported; 0: unknown */

    /* found */
    struct hubspot_notes notes;
    struct bc_str zone_name;    /* where HubSpot says the account is; none: it does not */
    bc_zone *zone;              /* owned; NULL where the system has no files of it */
    struct hubspot_state state; /* as the last run left it; then as this one leaves it */
    struct hubspot_mark mark;
    struct hubspot_present *present;
    size_t present_n, present_cap;
    bc_string_table *present_ids; /* string i + 1 is deal i of `present` */
    struct hubspot_pipeline *pipelines;
    size_t pipeline_n, pipeline_cap;
    bc_string_table *skipped_ids; /* of deals in pipelines that are not read */
    struct hubspot_stage *stages;
    size_t stage_n, stage_cap;
    struct hubspot_defined *defined; /* the deals' properties */
    size_t defined_n, defined_cap;
    bc_string_table *owner_ids;
    struct hubspot_owner *owners; /* by whom deals may be owned, as the account calls them */
    size_t owner_n, owner_cap;
    struct hubspot_tally meeting_types;   /* labels that the account has */
    struct hubspot_option *call_outcomes; /* that the account has */
    size_t call_outcome_n, call_outcome_cap;
    struct hubspot_option *campaigns; /* properties of e-mails that may name their campaign */
    size_t campaign_n, campaign_cap;
    struct bc_str order_url;      /* the property of orders that seems to be it */
    struct hubspot_label *labels; /* of associations between deals */
    size_t label_n, label_cap;
    bool labels_told; /* they could be read */
    struct hubspot_listed *listed;
    size_t listed_n, listed_cap;
    bc_string_table *unlisted; /* "meeting 9001": deals of which a list could not be read */
    bc_string_table *quiet_was,
        *quiet_now;              /* of quiet.h: as the last run left it; as this one does */
    uint64_t emitted;            /* events so far */
    struct hubspot_pages *pages; /* of every listing */
    bc_arena *keep;              /* as long as the run */
    bc_arena *record;            /* one record's */
};

/* The caller fills in the given part afterwards. */
void hubspot_run_init(struct hubspot_run *run);
void hubspot_run_release(struct hubspot_run *run);
/* Memory and pages that live as long as the run. */
void *hubspot_keep(struct hubspot_run *run, size_t size);
struct http_pages *hubspot_keep_pages(struct hubspot_run *run);
/* The stage of HubSpot's id, or NULL. */
struct hubspot_stage *hubspot_run_stage(const struct hubspot_run *run, struct bc_str id);
/* The property of that name, or NULL. */
const struct hubspot_defined *hubspot_run_defined(const struct hubspot_run *run,
                                                  struct bc_str name);
/* Adds the key of a deal in run->unlisted. */
void hubspot_unlisted_key(struct bc_buf *out, const char *word, struct bc_str deal);
/* The deal as HubSpot has it now, a new one if it was not seen yet. */
struct hubspot_present *hubspot_run_present(struct hubspot_run *run, struct bc_str id);

void hubspot_tally_add(struct hubspot_run *run, struct hubspot_tally *tally, struct bc_str text);

/* Counts a record, and names it while there are few. */
void hubspot_named_add(struct hubspot_run *run, struct hubspot_named *named, const char *type,
                       struct bc_str id);
/* A request that can be done without was refused: what it was for, and the answer. */
void hubspot_note_refusal(struct hubspot_run *run, const char *what, int status,
                          const json_t *root);

/* An event about a deal, its id still missing. `ref` is the object in HubSpot: "deal/123". */
struct bc_event hubspot_event(enum bc_body body, struct bc_str deal, int64_t occurred_us,
                              struct bc_str ref);
/* Passes an event on, and adds it to the index. */
bc_status hubspot_emit(struct hubspot_run *run, const struct bc_event *event, struct bc_err *err);
/* The events so far are whole objects. */
bc_status hubspot_portion(struct hubspot_run *run, struct bc_err *err);
/* All of a kind was read: the next run looks for its changes from here on. */
void hubspot_mark_done(struct hubspot_run *run, size_t seen);
/* A change of the kind is known and could not be read: the next run begins where this one did. */
void hubspot_mark_hold(struct hubspot_run *run, size_t seen);
/* A text by printf, for ids and references; lives until the record's arena is reset. */
struct bc_str hubspot_print(struct hubspot_run *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
