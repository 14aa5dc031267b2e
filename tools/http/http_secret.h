/* tools/http/http_secret.h - a client's token, and what it looks like where somebody quotes it. */
#ifndef BC_TOOLS_HTTP_HTTP_SECRET_H
#define BC_TOOLS_HTTP_HTTP_SECRET_H

/* One token; NULL: there is none. */
struct http_secret {
    char *token, *basic; /* `basic`: as basic authentication sends it */
};

/* `{ 0 }` has none. */
struct http_secrets {
    struct http_secret now, former; /* `former`: of answers still under way */
};

/* A fresh token, copied; the one so far becomes the former. */
void http_secrets_renew(struct http_secrets *secrets, const char *token);
void http_secrets_release(struct http_secrets *secrets);

/* Writes over every place where `text` holds a token, or a piece of one. */
void http_secrets_scrub(const struct http_secrets *secrets, char *text);
/* The same for one text. */
void http_scrub(char *text, const char *token);

#endif
