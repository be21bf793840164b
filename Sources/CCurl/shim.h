#ifndef LUUTRU_CCURL_H
#define LUUTRU_CCURL_H

#include <curl/curl.h>

/* curl_easy_setopt and curl_easy_getinfo are variadic, which Swift does not import. */
static inline CURLcode luutru_curl_number(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode luutru_curl_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode luutru_curl_headers(CURL *handle, struct curl_slist *list) {
    return curl_easy_setopt(handle, CURLOPT_HTTPHEADER, list);
}

/* The body is not copied: it must stay where it is until the request is over. */
static inline CURLcode luutru_curl_body(CURL *handle, const void *bytes, curl_off_t count) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, count);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_POSTFIELDS, bytes);
}

typedef size_t (*luutru_curl_writer)(char *, size_t, size_t, void *);

static inline CURLcode luutru_curl_answer(CURL *handle, luutru_curl_writer writer, void *target) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, writer);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_WRITEDATA, target);
}

/* Those who are taken get the mail though others are refused; curl 8.2 gave the option its right name. */
#if LIBCURL_VERSION_NUM >= 0x080200
#define LUUTRU_SOME_RECEIVERS CURLOPT_MAIL_RCPT_ALLOWFAILS
#else
#define LUUTRU_SOME_RECEIVERS CURLOPT_MAIL_RCPT_ALLLOWFAILS
#endif

/* A message is read piece by piece; the list must outlive the request. */
static inline CURLcode luutru_curl_message(CURL *handle, struct curl_slist *receivers,
                                           luutru_curl_writer reader, void *source, curl_off_t size) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, receivers);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, LUUTRU_SOME_RECEIVERS, 1L);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_READFUNCTION, reader);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_READDATA, source);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_INFILESIZE_LARGE, size);
}

typedef int (*luutru_curl_listener)(CURL *, curl_infotype, char *, size_t, void *);

/* Commands and replies of a dialogue, also under TLS: nothing else tells which receiver was refused. */
static inline CURLcode luutru_curl_dialogue(CURL *handle, luutru_curl_listener listener,
                                            void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, listener);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_DEBUGDATA, context);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L);
}

static inline CURLcode luutru_curl_heads(CURL *handle, luutru_curl_writer writer, void *target) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, writer);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_HEADERDATA, target);
}

typedef size_t (*luutru_curl_reader)(char *, size_t, size_t, void *);
typedef int (*luutru_curl_seeker)(void *, curl_off_t, int);

/* The body is asked for piece by piece, from its beginning again when curl has to send it twice. */
static inline CURLcode luutru_curl_upload(CURL *handle, curl_off_t count, luutru_curl_reader reader,
                                          luutru_curl_seeker seeker, void *source) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_INFILESIZE_LARGE, count);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_READFUNCTION, reader);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_READDATA, source);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_SEEKFUNCTION, seeker);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_SEEKDATA, source);
}

typedef int (*luutru_curl_watcher)(void *, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

/* Called about once a second, also while nothing moves; anything but 0 ends the request. */
static inline CURLcode luutru_curl_watch(CURL *handle, luutru_curl_watcher watcher, void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, watcher);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_XFERINFODATA, context);
}

static inline long luutru_curl_status(CURL *handle) {
    long status = 0;
    return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK ? status : 0;
}

#endif
