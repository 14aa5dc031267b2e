#include "tools/connect/dropbox_sign.h"

bc_status dropbox_sign_page(struct connect_run *run, struct http_answer *out, int64_t page,
                            bool team, struct bc_err *err)
{
    struct bc_buf path = { 0 };
    bc_status rc;

    bc_buf_printf(&path, "/signature_request/list?page=%lld&page_size=100%s", (long long)page,
                  team ? "&account_id=all" : "");
    rc = connect_get(run, out, &path, NULL, err);
    if (rc == BC_OK && (!json_is_object(json_object_get(out->root, "list_info")) ||
                        !json_is_array(json_object_get(out->root, "signature_requests"))))
        rc = bc_err_set(err, BC_E_REMOTE,
                        "GET /signature_request/list: the answer has no \"list_info\" or no "
                        "\"signature_requests\"");
    return rc;
}
