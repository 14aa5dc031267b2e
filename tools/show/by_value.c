#include "tools/show/by_value.h"

struct bc_str by_value_said(const struct names *names, struct bc_str key, struct bc_str value)
{
    if (value.len == 0)
        return BC_STR("none");
    return bc_str_eq(key, BC_STR("owner")) ? names_of_person(names, value) : value;
}
