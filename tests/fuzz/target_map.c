/* Maps of tables. A fault has its place in the file. */
#include "tests/fuzz/fuzz.h"
#include "tools/import/csv/csv_map.h"

int fuzz_one(const uint8_t *data, size_t len)
{
    struct bc_str text = { (const char *)data, len };
    struct bc_err err = { 0 };
    csv_map *map = NULL;

    if (csv_map_parse(&map, text, "map.yaml", &err) < 0) {
        FUZZ_MUST(err.status == BC_E_INPUT, "status %d: %s", err.status, err.message);
        fuzz_must_be_within(err.context, text);
    }
    csv_map_free(map);
    return 0;
}
