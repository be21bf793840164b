#ifndef LUUTRU_CP11_H
#define LUUTRU_CP11_H

#include <libp11.h>
#include <openssl/err.h>

/* A PKCS#11 return value (CKR_…) that the last error of this thread carries; 0 when it carries none. */
static inline unsigned long luutru_token_error(void) {
    unsigned long code = ERR_peek_last_error();
    return code != 0 && ERR_GET_LIB(code) == ERR_get_CKR_code() ? (unsigned long)ERR_GET_REASON(code) : 0;
}

#endif
