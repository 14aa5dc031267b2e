/* The schema as the compiled protobuf descriptors tell it; the .proto files stay the one place
 * where it is written down. The only file that sees generated code. */
#include "ledger/event.h"
#include "proto/event.pb-c.h"

#include <assert.h>
#include <ctype.h>
#include <pthread.h>
#include <stdlib.h>

enum { NAME_MAX_LEN = 32 };

static struct bc_schema schemas[BC_BODY_END - BC_DEAL_CREATED];
static char json_names[BC_BODY_END - BC_DEAL_CREATED][BC_FIELD_MAX + 1][NAME_MAX_LEN];
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
    return strcmp(field->name, "reengage_after") == 0 ? BC_DAY : BC_TEXT;
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
    for (unsigned f = 0; f < message->n_fields; f++) {
        const ProtobufCFieldDescriptor *field = &message->fields[f];

        assert(field->id >= 1 && field->id <= BC_FIELD_MAX);
        schema->field[field->id] =
            (struct bc_field){ .name = field->name,
                               .json_name = camel(json_names[i][field->id], field->name),
                               .type = type_of(field),
                               .required = field->label == PROTOBUF_C_LABEL_REQUIRED };
    }
}

static void build(void)
{
    for (int number = BC_DEAL_CREATED; number < BC_BODY_END; number++) {
        const ProtobufCFieldDescriptor *body =
            protobuf_c_message_descriptor_get_field(&backcast__event__descriptor, (unsigned)number);

        assert(body && body->type == PROTOBUF_C_TYPE_MESSAGE);
        build_body((size_t)(number - BC_DEAL_CREATED), body);
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
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++)
        if (bc_str_eq(json_name, bc_str_of(bc_schema((enum bc_body)body)->json_name)))
            return (enum bc_body)body;
    return BC_NO_BODY;
}

unsigned bc_field_of(enum bc_body body, struct bc_str json_name)
{
    const struct bc_schema *schema = bc_schema(body);

    for (unsigned field = 1; field <= BC_FIELD_MAX; field++)
        if (schema->field[field].name &&
            bc_str_eq(json_name, bc_str_of(schema->field[field].json_name)))
            return field;
    return 0;
}
