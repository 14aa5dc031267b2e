#include "ledger/base/instant.h"
#include "tests/bench/event.h"

#define ADD(out, literal) bc_buf_add((out), (literal), sizeof(literal) - 1)
#define BENCH_EXPERIMENTS 6
#define PICK(list, n)     (list)[(n) % (sizeof(list) / sizeof((list)[0]))]

static const struct {
    const char *key, *id; /* the body's key in JSON, and its word in the event's id */
} bodies[BENCH_BODY_N] = {
    [BENCH_CREATED] = { "dealCreated", "created" },
    [BENCH_STAGE] = { "stageChanged", "dealstage" },
    [BENCH_PROPERTY] = { "propertyChanged", "property" },
    [BENCH_DELETED] = { "dealDeleted", "archived" },
    [BENCH_RESTORED] = { "dealRestored", "restored" },
    [BENCH_MERGED] = { "dealMerged", "merged" },
    [BENCH_MEETING] = { "meetingLogged", "meeting" },
    [BENCH_SENT] = { "emailSent", "sent" },
    [BENCH_OPENED] = { "emailOpened", "opened" },
    [BENCH_REPLIED] = { "emailReplied", "replied" },
    [BENCH_BEGUN] = { "serviceStarted", "service" },
    [BENCH_ENDED] = { "serviceEnded", "ended" },
    [BENCH_RETRACTED] = { "retracted", "retracted" },
    [BENCH_OUTREACH] = { "outreachAttempted", "outreach" },
    [BENCH_LEAD] = { "leadCaptured", "lead" },
    [BENCH_QUALIFIED] = { "qualificationRecorded", "qualified" },
    [BENCH_ENROLLED] = { "dealEnrolled", "enrolled" },
    [BENCH_EXPERIMENT] = { "experimentStarted", "experiment" },
    [BENCH_PRICING] = { "pricingRequested", "pricing" },
    [BENCH_LOSS] = { "lossRecorded", "loss" },
    [BENCH_LEARNING] = { "learningRecorded", "learning" },
    [BENCH_ARTIFACT] = { "artifactLinked", "artifact" },
    [BENCH_AGREEMENT] = { "agreementSent", "agreement" },
    [BENCH_SIGNED] = { "agreementSigned", "signed" },
    [BENCH_ORDER] = { "orderPlaced", "order" },
    [BENCH_HANDOFF] = { "handoffOpened", "handoff" },
    [BENCH_HEALTH] = { "healthRecorded", "health" },
    [BENCH_INTENT] = { "renewalIntentRecorded", "intent" },
};

static const char *const stages[] = {
    "",         "enrichment", "outreach",    "discovery",           "renewals",
    "proposal", "closed_won", "closed_lost", "closed_won_complete", "legal_review",
};
static const char *const properties[BENCH_PROPERTY_N] = {
    "deal_type", "contract_start", "contract_end", "parked_until", "renews",       "mrr",
    "amount",    "owner",          "tier",         "company",      "target_start", "target_end",
};
static const char *const types[] = { "", "newbusiness", "existingbusiness" };
static const char *const outcomes[] = { "scheduled", "completed", "no_show", "canceled" };
static const char *const meetings[] = { "", "discovery", "renewal", "proposal" };
static const char *const channels[] = { "phone", "linkedin", "event", "referral" };
static const char *const reasons[] = { "price",       "timing",    "competitor",
                                       "feature_gap", "wrong_icp", "other" };
static const char *const tiers[] = { "A", "B", "C", "D" };
static const char *const intents[] = { "confirmed", "undecided", "declined" };
static const char *const healths[] = { "green", "yellow", "red" };
static const char *const arms[] = { "control", "treated" };
static const char *const metrics[] = { "outreach_to_discovery", "discovery_to_proposal" };
static const char *const hows[] = { "CRM_UI", "INTEGRATION", "API", "AUTOMATION_PLATFORM" };
static const char *const notes[] = {
    "Spoke to the head of operations; asks for a call after the budget round.",
    "Left a message with the assistant, sent the short deck again.",
    "Wants two more references from the same trade before going on.",
    "Security questionnaire came back; three points are open with their IT.",
    "Nobody answers since the reorganisation. Try the new director.",
    "Says \\u201enot before autumn\\u201c, but asked for the price list.",
    "Good talk: the pain is the monthly report, done by hand for nine sites.",
    "Procurement takes over; they need our terms in their own template.",
};
static const char *const firsts[] = {
    "Nordlicht", "Blackwood",    "M\u00fchlbach", "Santander", "Kestrel", "Fjord",
    "Ashford",   "Lumi\u00e8re", "Harbour",       "Granite",   "Westend", "Polaris",
};
static const char *const lasts[] = { "Logistics", "Foods",  "Instruments", "Publishing",
                                     "Clinics",   "Energy", "Textiles" };

static void add(struct bc_buf *out, const char *text)
{
    bc_buf_add(out, text, strlen(text));
}

static void add_number(struct bc_buf *out, uint64_t n)
{
    char digits[20];
    size_t at = sizeof(digits);

    do {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    bc_buf_add(out, digits + at, sizeof(digits) - at);
}

static void add_instant(struct bc_buf *out, int64_t us)
{
    char text[BC_INSTANT_LEN];

    bc_instant_print_short(text, us);
    add(out, text);
}

/* Ids of 11 digits, as the CRM's are; an odd factor keeps them apart and scatters them, so that
 * deals of one week are not adjacent. */
static void add_deal(struct bc_buf *out, uint64_t seed, uint32_t deal)
{
    uint64_t n = (seed << 23 | deal) * UINT64_C(0x5851f42d4c957f2d) & ((UINT64_C(1) << 35) - 1);

    add_number(out, UINT64_C(10000000000) + n);
}

static void add_company(struct bc_buf *out, uint32_t deal)
{
    add(out, PICK(firsts, deal));
    bc_buf_add_byte(out, ' ');
    add(out, PICK(lasts, deal / 5));
    bc_buf_add_byte(out, ' ');
    add_number(out, deal % 9973);
}

static void add_id(struct bc_buf *out, uint64_t seed, uint32_t deal, unsigned body, int64_t us,
                   unsigned number)
{
    ADD(out, "hubspot:deal/");
    add_deal(out, seed, deal);
    bc_buf_add_byte(out, '/');
    add(out, bodies[body].id);
    bc_buf_add_byte(out, '/');
    add_number(out, (uint64_t)us / 1000);
    bc_buf_add_byte(out, '/');
    add_number(out, number);
}

/* `"key":"text"`, with a comma before unless it is the first. */
static void add_text(struct bc_buf *out, const char *key, const char *text)
{
    if (out->at[out->len - 1] != '{')
        bc_buf_add_byte(out, ',');
    bc_buf_add_byte(out, '"');
    add(out, key);
    ADD(out, "\":\"");
    add(out, text);
    bc_buf_add_byte(out, '"');
}

static void add_numbered(struct bc_buf *out, const char *key, const char *word, uint32_t n)
{
    add_text(out, key, word);
    out->len--; /* its quote comes after the number */
    add_number(out, n);
    bc_buf_add_byte(out, '"');
}

static void add_bool(struct bc_buf *out, const char *key, bool value)
{
    add_text(out, key, "");
    out->len -= 2;
    add(out, value ? "true" : "false");
}

static void add_email(struct bc_buf *out, const struct bench_event *event, uint64_t seed)
{
    ADD(out, "\"email\":\"");
    add_deal(out, seed, event->deal);
    bc_buf_add_byte(out, '-');
    add_number(out, event->target);
    bc_buf_add_byte(out, '"');
}

static void add_day_after(struct bc_buf *out, const struct bench_event *event, uint32_t days)
{
    char day[BC_DAY_LEN];

    bc_day_print(day, (int32_t)(event->occurred_us / BC_DAY_US) + (int32_t)days);
    add(out, day);
}

/* The value of a property, between its quotes. */
static void add_value(struct bc_buf *out, const struct bench_event *event, uint64_t seed)
{
    char day[BC_DAY_LEN];

    switch ((enum bench_property)event->word) {
    case BENCH_DEAL_TYPE:
        add(out, types[event->value]);
        break;
    case BENCH_CONTRACT_START:
    case BENCH_CONTRACT_END:
    case BENCH_PARKED_UNTIL:
        bc_day_print(day, (int32_t)(event->at_us / BC_DAY_US));
        add(out, event->at_us ? day : "31.12.2019");
        break;
    case BENCH_RENEWS:
        add_deal(out, seed, event->value);
        break;
    case BENCH_COMPANY:
        add_company(out, event->value);
        break;
    case BENCH_TARGET_START:
        add_day_after(out, event, 30 + event->value % 300);
        break;
    case BENCH_TARGET_END:
        add_day_after(out, event, 200 + event->value % 500);
        break;
    case BENCH_OWNER:
        ADD(out, "userId:");
        add_number(out, 10240000 + event->value % 40);
        break;
    case BENCH_TIER:
        add(out, PICK(tiers, event->value));
        break;
    case BENCH_MRR:
    case BENCH_AMOUNT:
    case BENCH_PROPERTY_N:
        add_number(out, event->value);
        break;
    }
}

static void print_created(struct bc_buf *out, const struct bench_event *event)
{
    ADD(out, "\"name\":\"");
    add_company(out, event->deal);
    ADD(out, " - yearly plan\",\"pipeline\":\"default\"");
    if (event->word != BENCH_NO_STAGE)
        add_text(out, "stage", stages[event->word]);
    if (event->value != BENCH_NO_TYPE)
        add_text(out, "dealType", types[event->value]);
    if (event->flags & BENCH_OBSERVED)
        ADD(out, ",\"observed\":true");
}

static void print_meeting(struct bc_buf *out, const struct bench_event *event, uint64_t seed)
{
    ADD(out, "\"meeting\":\"");
    add_number(out, seed * 100000000 + event->value);
    ADD(out, "\",\"startsAt\":\"");
    add_instant(out, event->at_us);
    bc_buf_add_byte(out, '"');
    add_text(out, "outcome", outcomes[event->word]);
    if (event->other != BENCH_OF_NO_TYPE)
        add_text(out, "type", meetings[event->other]);
    ADD(out, ",\"title\":\"");
    add_company(out, event->deal);
    bc_buf_add_byte(out, '"');
}

static void print_sent(struct bc_buf *out, const struct bench_event *event, uint64_t seed)
{
    add_email(out, event, seed);
    if (event->value != 0) {
        ADD(out, ",\"campaign\":\"sequence-");
        add_number(out, event->value);
        bc_buf_add_byte(out, '"');
    }
    ADD(out, ",\"subject\":\"A quick word on the reports of ");
    add(out, PICK(firsts, event->deal));
    bc_buf_add_byte(out, '"');
}

/* The bodies that metrics read. */
static void print_read(struct bc_buf *out, const struct bench_event *event, uint64_t seed)
{
    switch ((enum bench_body)event->body) {
    case BENCH_CREATED:
        print_created(out, event);
        break;
    case BENCH_STAGE:
        add_text(out, "to", stages[event->word]);
        if (event->other != BENCH_NO_STAGE)
            add_text(out, "from", stages[event->other]);
        if (event->flags & BENCH_OBSERVED)
            ADD(out, ",\"observed\":true");
        break;
    case BENCH_PROPERTY:
        add_text(out, "name", properties[event->word]);
        ADD(out, ",\"value\":\"");
        add_value(out, event, seed);
        bc_buf_add_byte(out, '"');
        break;
    case BENCH_MERGED:
        ADD(out, "\"into\":\"");
        add_deal(out, seed, event->value);
        bc_buf_add_byte(out, '"');
        break;
    case BENCH_MEETING:
        print_meeting(out, event, seed);
        break;
    case BENCH_SENT:
        print_sent(out, event, seed);
        break;
    case BENCH_OPENED:
    case BENCH_REPLIED:
        add_email(out, event, seed);
        break;
    case BENCH_RETRACTED:
        ADD(out, "\"event\":\"");
        add_id(out, seed, event->deal, event->other, event->at_us, event->target);
        ADD(out, "\",\"reason\":\"entered by mistake\"");
        break;
    default: /* a deletion, a restoring, a service: they have a text at most */
        break;
    }
}

/* The bodies that none reads. */
static void print_other(struct bc_buf *out, const struct bench_event *event)
{
    const char *note = PICK(notes, event->value);

    switch ((enum bench_body)event->body) {
    case BENCH_OUTREACH:
    case BENCH_LEAD:
        add_text(out, "channel", PICK(channels, event->value));
        if (event->body == BENCH_OUTREACH)
            add_text(out, "note", note);
        else
            add_numbered(out, "campaign", "fair-", event->value % 24);
        break;
    case BENCH_QUALIFIED:
        add_bool(out, "need", event->value % 3 > 0);
        add_bool(out, "budget", event->value % 2 > 0);
        add_bool(out, "icpFit", event->value % 7 > 0);
        add_numbered(out, "icpVersion", "v", event->value % 5);
        add_text(out, "note", note);
        break;
    case BENCH_ENROLLED:
        add_numbered(out, "experiment", "exp-", event->value % BENCH_EXPERIMENTS);
        add_text(out, "arm", PICK(arms, event->value / BENCH_EXPERIMENTS));
        break;
    case BENCH_EXPERIMENT:
        add_numbered(out, "experiment", "exp-", event->value % BENCH_EXPERIMENTS);
        add_text(out, "hypothesis", note);
        add_text(out, "metric", PICK(metrics, event->value % BENCH_EXPERIMENTS));
        add_text(out, "target", "0.4");
        break;
    case BENCH_LOSS:
        add_text(out, "reason", PICK(reasons, event->value));
        add_text(out, "note", note);
        break;
    case BENCH_LEARNING:
        add_text(out, "text", note);
        break;
    case BENCH_ARTIFACT:
    case BENCH_HANDOFF:
        if (event->body == BENCH_ARTIFACT)
            add_text(out, "kind", "proposal");
        add_text(out, event->body == BENCH_ARTIFACT ? "url" : "issueUrl",
                 "https://files.example.com/");
        out->len--;
        add_number(out, event->value);
        bc_buf_add_byte(out, '"');
        break;
    case BENCH_AGREEMENT:
    case BENCH_SIGNED:
    case BENCH_ORDER:
        add_text(out, event->body == BENCH_ORDER ? "order" : "agreement", "");
        out->len--;
        add_number(out, event->deal);
        bc_buf_add_byte(out, '"');
        break;
    case BENCH_HEALTH:
        add_text(out, "status", PICK(healths, event->value));
        add_text(out, "note", note);
        break;
    case BENCH_INTENT:
        add_text(out, "intent", PICK(intents, event->value));
        break;
    default: /* a price asked for: it has a note at most */
        add_text(out, "note", note);
        break;
    }
}

void bench_event_print(struct bc_buf *out, const struct bench_event *event, uint64_t seed)
{
    unsigned mix = event->number * 7 + event->deal * 13;

    ADD(out, "{\"id\":\"");
    add_id(out, seed, event->deal, event->body, event->occurred_us, event->number);
    ADD(out, "\",\"occurredAt\":\"");
    add_instant(out, event->occurred_us);
    if (event->flags & BENCH_SAYS_LEARNT) {
        ADD(out, "\",\"sourceRecordedAt\":\"");
        add_instant(out, (event->occurred_us + event->recorded_us) / 2);
    }
    if (!(event->flags & BENCH_NO_DEAL)) {
        ADD(out, "\",\"deal\":\"");
        add_deal(out, seed, event->deal);
    }
    ADD(out, "\",\"actor\":\"userId:");
    add_number(out, 10240000 + mix % 53);
    ADD(out, "\",\"source\":{\"system\":\"hubspot\"");
    add_text(out, "how", PICK(hows, mix));
    ADD(out, "},\"");
    add(out, bodies[event->body].key);
    ADD(out, "\":{");
    if (event->body < BENCH_OUTREACH)
        print_read(out, event, seed);
    else
        print_other(out, event);
    ADD(out, "}}\n");
}
