/* Account files of HubSpot. Whatever one says, each address is a path on the base URL's host,
 * and that is HubSpot's. */
#include "tests/fuzz/fuzz.h"
#include "tools/http/http_host.h"
#include "tools/hubspot/account.h"

static void check_path(const struct hubspot_account *account, enum hubspot_family family)
{
    struct bc_buf path = { 0 };

    hubspot_account_path(account, &path, family, "a/../b?c\r\nd", "e");
    FUZZ_MUST(path.len >= 1 && path.at[0] == '/' && (path.len < 2 || path.at[1] != '/'),
              "an address that is no path: %.*s", (int)path.len, path.at);
    for (size_t i = 0; i < path.len; i++)
        FUZZ_MUST((uint8_t)path.at[i] > ' ' && path.at[i] != 0x7f,
                  "an address with a blank or a control character: %.*s", (int)path.len, path.at);
    bc_buf_release(&path);
}

int fuzz_one(const uint8_t *data, size_t len)
{
    struct bc_str text = { (const char *)data, len };
    struct hubspot_account *account = NULL;
    struct bc_err err = { 0 };

    if (hubspot_account_parse(&account, text, "hubspot.yaml", NULL, &err) < 0) {
        FUZZ_MUST(err.status == BC_E_INPUT, "status %d: %s", err.status, err.message);
        fuzz_must_be_within(err.context, text);
        return 0;
    }
    FUZZ_MUST(http_host_is_own(account->base_url, HUBSPOT_DOMAIN), "the token would go to %s",
              account->base_url);
    for (int family = 0; family < HUBSPOT_FAMILY_N; family++)
        check_path(account, (enum hubspot_family)family);
    hubspot_account_free(account);
    return 0;
}
