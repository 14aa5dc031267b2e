/* The schema as the compiled protobuf descriptors have it; the .proto files remain the one place
 * where it is defined. The only file that sees generated code. */
#include "ledger/record/event.h"
#include "proto/event.pb-c.h"

#include <assert.h>
#include <ctype.h>
#include <pthread.h>
#include <stdlib.h>

enum { NAME_MAX_LEN = 32, BODY_SLOTS = 128, TAG_MAX = 15 /* of one byte */ };

static struct bc_schema schemas[BC_BODY_END - BC_DEAL_CREATED];
static char json_names[BC_BODY_END - BC_DEAL_CREATED][BC_FIELD_MAX + 1][NAME_MAX_LEN];
static uint8_t body_slots[BODY_SLOTS]; /* bodies, by their JSON names */
static pthread_once_t built = PTHREAD_ONCE_INIT;

/* deal_created -> dealCreated, as proto3's JSON mapping does. */
static const char *camel(char out[NAME_MAX_LEN], const char *name)
{
    size_t len = 0;
    bool up = false;

    for (; *name; name++) {
        if (*name == '_') {
            up = true;
            continue;
        }
        assert(len + 1 < NAME_MAX_LEN);
        out[len++] = (char)(up ? toupper((unsigned char)*name) : *name);
        up = false;
    }
    out[len] = '\0';
    return out;
}

static enum bc_type type_of(const ProtobufCFieldDescriptor *field)
{
    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        return BC_LIST;
    if (field->type == PROTOBUF_C_TYPE_BOOL)
        return BC_BOOL;
    if (field->type == PROTOBUF_C_TYPE_MESSAGE)
        return BC_TIME;
    assert(field->type == PROTOBUF_C_TYPE_STRING);
    return strcmp(field->name, "reengage_after") == 0 || strcmp(field->name, "due") == 0 ? BC_DAY
                                                                                         : BC_TEXT;
}

static bool needs_deal(enum bc_body body)
{
    return body == BC_DEAL_CREATED || body == BC_STAGE_CHANGED || body == BC_PROPERTY_CHANGED ||
           body == BC_DEAL_DELETED || body == BC_DEAL_RESTORED || body == BC_DEAL_MERGED ||
           body == BC_DEAL_ENROLLED || body == BC_LOSS_RECORDED;
}

static void build_body(size_t i, const ProtobufCFieldDescriptor *body)
{
    const ProtobufCMessageDescriptor *message = body->descriptor;
    struct bc_schema *schema = &schemas[i];

    *schema = (struct bc_schema){ .name = body->name,
                                  .json_name = camel(json_names[i][0], body->name),
                                  .needs_deal = needs_deal((enum bc_body)body->id) };
    schema->json_len = strlen(schema->json_name);
    for (unsigned f = 0; f < message->n_fields; f++) {
        const ProtobufCFieldDescriptor *from = &message->fields[f];
        struct bc_field *field;

        assert(from->id >= 1 && from->id <= TAG_MAX);
        if (from->id > BC_FIELD_MAX)
            continue; /* in a test that reads as an older build does */
        field = &schema->field[from->id];
        *field = (struct bc_field){ .name = from->name,
                                    .json_name = camel(json_names[i][from->id], from->name),
                                    .type = type_of(from),
                                    .required = from->label == PROTOBUF_C_LABEL_REQUIRED };
        field->json_len = strlen(field->json_name);
        if (schema->field_end <= from->id)
            schema->field_end = from->id + 1;
    }
}

/* Where the search for a body's name begins: names differ in length, begin and end. */
static size_t name_slot(struct bc_str name)
{
    const size_t first = (unsigned char)name.at[0], last = (unsigned char)name.at[name.len - 1];

    return (name.len * 5 + first * 3 + last * 7) % BODY_SLOTS;
}

static void add_body_name(enum bc_body body)
{
    size_t slot = name_slot(bc_str_of(schemas[body - BC_DEAL_CREATED].json_name));

    while (body_slots[slot] != BC_NO_BODY)
        slot = (slot + 1) % BODY_SLOTS;
    body_slots[slot] = (uint8_t)body;
}

static void build(void)
{
    for (int number = BC_DEAL_CREATED; number < BC_BODY_END; number++) {
        const ProtobufCFieldDescriptor *body =
            protobuf_c_message_descriptor_get_field(&backcast__event__descriptor, (unsigned)number);

        assert(body && body->type == PROTOBUF_C_TYPE_MESSAGE);
        build_body((size_t)(number - BC_DEAL_CREATED), body);
        add_body_name((enum bc_body)number);
    }
    /* The enum and the schema end together. */
    assert(!protobuf_c_message_descriptor_get_field(&backcast__event__descriptor, BC_BODY_END));
    assert(strcmp(schemas[BC_RETRACTED - BC_DEAL_CREATED].name, "retracted") == 0);
}

const struct bc_schema *bc_schema(enum bc_body body)
{
    (void)pthread_once(&built, build);
    assert(body >= BC_DEAL_CREATED && body < BC_BODY_END);
    return &schemas[body - BC_DEAL_CREATED];
}

enum bc_body bc_body_of(struct bc_str json_name)
{
    (void)pthread_once(&built, build);
    if (json_name.len == 0)
        return BC_NO_BODY;
    for (size_t slot = name_slot(json_name); body_slots[slot] != BC_NO_BODY;
         slot = (slot + 1) % BODY_SLOTS) {
        const struct bc_schema *schema = &schemas[body_slots[slot] - BC_DEAL_CREATED];

        if (bc_str_eq(json_name, (struct bc_str){ schema->json_name, schema->json_len }))
            return (enum bc_body)body_slots[slot];
    }
    return BC_NO_BODY;
}

unsigned bc_field_of(enum bc_body body, struct bc_str json_name)
{
    const struct bc_schema *schema = bc_schema(body);

    for (unsigned i = 1; i < schema->field_end; i++) {
        const struct bc_field *field = &schema->field[i];

        if (field->name &&
            bc_str_eq(json_name, (struct bc_str){ field->json_name, field->json_len }))
            return i;
    }
    return 0;
}

static bool is_one_of(struct bc_str name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bc_str_eq(name, bc_str_of(names[i])))
            return true;
    return false;
}

bool bc_property_is_day(struct bc_str name)
{
    static const char *const names[] = { "contract_start", "contract_end", "parked_until",
                                         "target_start", "target_end" };

    return is_one_of(name, names, sizeof(names) / sizeof(names[0]));
}

bool bc_property_is_amount(struct bc_str name)
{
    static const char *const names[] = { "amount", "mrr" };

    return is_one_of(name, names, sizeof(names) / sizeof(names[0]));
}
