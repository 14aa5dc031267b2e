/* The one C++ file: simdjson's first stage, which finds the tokens of a text and checks its UTF-8.
 *
 * The walk over the tokens is our own (json.c). simdjson's own says of a fault neither where a
 * value begins nor, always, that there is one: of an escaped pair of surrogates it (3.0.1) takes
 * any second half, and a second half alone. Nor does it stop at a depth or refuse a key twice. */
#include "tools/json/json_index.h"

#define SIMDJSON_EXCEPTIONS 0
#include <cstdio>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <simdjson.h>

extern "C" { /* ledger/base/mem.h, which is C only */
[[noreturn]] void bc_out_of_memory(void);
[[noreturn]] void bc_out_of(const char *what);
}

namespace
{

/* What C++ libraries do in this process when memory runs out; before main. */
const std::new_handler handler_before = std::set_new_handler(bc_out_of_memory);

/* What they throw ends the process, since none of it passes through C: RocksDB throws where no
 * thread can be started. */
[[noreturn]] void give_up()
{
    char what[128] = "a library gave up";

    try {
        if (std::current_exception())
            std::rethrow_exception(std::current_exception());
    } catch (const std::exception &thrown) {
        (void)std::snprintf(what, sizeof(what), "no more threads or memory (%s)", thrown.what());
    } catch (...) {
    }
    bc_out_of(what);
}

const std::terminate_handler end_before = std::set_terminate(give_up);

/* simdjson's second stage would need it; ours has a bound of its own. */
constexpr size_t depth_max = 1;
constexpr size_t capacity_min = 64 << 10;

} // namespace

static_assert(JSON_PADDING >= simdjson::SIMDJSON_PADDING, "what simdjson reads after a text");

struct json_index {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
    std::unique_ptr<char[]> copy;
    size_t copy_capacity = 0;
};

json_index *json_index_new(void)
{
    return new json_index;
}

void json_index_free(json_index *index)
{
    delete index;
}

/* Doubles, so that each text a little longer than the last does not cost an allocation. */
static size_t capacity_for(size_t len)
{
    size_t capacity = capacity_min;

    while (capacity < len)
        capacity *= 2;
    return capacity;
}

static void make_room(json_index *index, size_t len)
{
    const size_t capacity = capacity_for(len);
    simdjson::error_code code;

    if (index->stage && index->stage->capacity() >= len)
        return;
    code = index->stage ? index->stage->allocate(capacity, depth_max)
                        : simdjson::get_active_implementation()->create_dom_parser_implementation(
                              capacity, depth_max, index->stage);
    if (code != simdjson::SUCCESS)
        bc_out_of_memory();
}

const char *json_index_pad(json_index *index, const char *text, size_t len)
{
    if (!index->copy || index->copy_capacity < len) {
        index->copy_capacity = capacity_for(len);
        index->copy.reset(new char[index->copy_capacity + JSON_PADDING]);
    }
    if (len > 0)
        memcpy(index->copy.get(), text, len);
    memset(index->copy.get() + len, 0, JSON_PADDING);
    return index->copy.get();
}

enum json_fault json_index_find(json_index *index, const uint32_t **at, size_t *n, const char *text,
                                size_t len)
{
    if (len == 0)
        return JSON_EMPTY;
    make_room(index, len);
    switch (index->stage->stage1(reinterpret_cast<const uint8_t *>(text), len,
                                 simdjson::stage1_mode::regular)) {
    case simdjson::SUCCESS:
        *at = index->stage->structural_indexes.get();
        *n = index->stage->n_structural_indexes;
        return JSON_SOUND;
    case simdjson::EMPTY:
        return JSON_EMPTY;
    case simdjson::UNCLOSED_STRING:
        return JSON_OPEN_STRING;
    case simdjson::UNESCAPED_CHARS:
        return JSON_CONTROL;
    case simdjson::UTF8_ERROR:
        return JSON_NO_UTF8;
    default:
        return JSON_UNREADABLE;
    }
}
