#ifndef LUUTRU_COPENSSL_H
#define LUUTRU_COPENSSL_H

/* Only the block functions of SHA-2 below are taken from what is deprecated: EVP cannot go on with a given state. */
#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/cms.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/sha.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

/* Macros over BIO_ctrl, which Swift does not import. */
static inline long luutru_bio_data(BIO *bio, char **data) { return BIO_get_mem_data(bio, data); }

/* SHA-512 (FIPS 180-4) of further whole blocks of 128 bytes, from a state and back into it. */
static inline int luutru_sha512_blocks(uint64_t state[8], const void *blocks, size_t count) {
    SHA512_CTX context = {.md_len = SHA512_DIGEST_LENGTH};
    for (int i = 0; i < 8; i++) context.h[i] = state[i];
    if (SHA512_Update(&context, blocks, count * 128) != 1) return 0;
    for (int i = 0; i < 8; i++) state[i] = context.h[i];
    return 1;
}

/* SHA-256 (FIPS 180-4) of further whole blocks of 64 bytes, from a state and back into it. */
static inline int luutru_sha256_blocks(uint32_t state[8], const void *blocks, size_t count) {
    SHA256_CTX context = {.md_len = SHA256_DIGEST_LENGTH};
    for (int i = 0; i < 8; i++) context.h[i] = state[i];
    if (SHA256_Update(&context, blocks, count * 64) != 1) return 0;
    for (int i = 0; i < 8; i++) state[i] = context.h[i];
    return 1;
}

/* OPENSSL_free is a macro with file and line. */
static inline void luutru_free(void *pointer) { OPENSSL_free(pointer); }

/* Stacks are macros over untyped stacks. */
static inline void luutru_certificates_free(STACK_OF(X509) *stack) { sk_X509_free(stack); }
static inline void luutru_certificates_free_all(STACK_OF(X509) *stack) {
    sk_X509_pop_free(stack, X509_free);
}
static inline int luutru_signers_count(STACK_OF(CMS_SignerInfo) *stack) {
    return sk_CMS_SignerInfo_num(stack);
}
static inline CMS_SignerInfo *luutru_signer(STACK_OF(CMS_SignerInfo) *stack, int index) {
    return sk_CMS_SignerInfo_value(stack, index);
}
static inline X509 *luutru_certificate(STACK_OF(X509) *stack, int index) {
    return sk_X509_value(stack, index);
}
static inline int luutru_certificates_count(STACK_OF(X509) *stack) { return sk_X509_num(stack); }

/* A composite macro. */
static inline unsigned long luutru_name_flags(void) {
    return (XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) | XN_FLAG_SEP_CPLUS_SPC;
}

/* ESSCertIDv2 (RFC 5035) names the signer; stacks of it are macros too. */
static inline int luutru_signing_certificate_fits(CMS_SignerInfo *signer, X509 *certificate) {
    ASN1_STRING *value = (ASN1_STRING *)CMS_signed_get0_data_by_OBJ(
        signer, OBJ_nid2obj(NID_id_smime_aa_signingCertificateV2), -3, V_ASN1_SEQUENCE);
    if (value == NULL) return 0;
    const unsigned char *bytes = ASN1_STRING_get0_data(value);
    ESS_SIGNING_CERT_V2 *stated = d2i_ESS_SIGNING_CERT_V2(NULL, &bytes, ASN1_STRING_length(value));
    if (stated == NULL) return 0;
    STACK_OF(X509) *chain = sk_X509_new_null();
    int fits = chain != NULL && sk_X509_push(chain, certificate) > 0
        && OSSL_ESS_check_signing_certs(NULL, stated, chain, 1) == 1;
    sk_X509_free(chain);
    ESS_SIGNING_CERT_V2_free(stated);
    return fits;
}

/* A signed attribute of a signer as a structure; NULL when it is not there exactly once. */
static inline ASN1_STRING *luutru_signed_structure(CMS_SignerInfo *signer, int identifier) {
    return (ASN1_STRING *)CMS_signed_get0_data_by_OBJ(
        signer, OBJ_nid2obj(identifier), -3, V_ASN1_SEQUENCE);
}

/* Whether the certificate is for time-stamps alone and says so critically (RFC 3161 2.3). */
static inline int luutru_is_for_time_stamps(X509 *certificate) {
    int critical = 0;
    EXTENDED_KEY_USAGE *usage =
        (EXTENDED_KEY_USAGE *)X509_get_ext_d2i(certificate, NID_ext_key_usage, &critical, NULL);
    if (usage == NULL) return 0;
    int is = critical == 1 && sk_ASN1_OBJECT_num(usage) == 1
        && OBJ_obj2nid(sk_ASN1_OBJECT_value(usage, 0)) == NID_time_stamp;
    EXTENDED_KEY_USAGE_free(usage);
    return is;
}

/* Stacks of revocation lists. */
static inline int luutru_lists_count(STACK_OF(X509_CRL) *stack) { return sk_X509_CRL_num(stack); }
static inline X509_CRL *luutru_list(STACK_OF(X509_CRL) *stack, int index) {
    return sk_X509_CRL_value(stack, index);
}
static inline void luutru_lists_free_all(STACK_OF(X509_CRL) *stack) {
    sk_X509_CRL_pop_free(stack, X509_CRL_free);
}

/* Whether two lists of names share one. */
static inline int luutru_names_meet(GENERAL_NAMES *some, GENERAL_NAMES *others) {
    for (int i = 0; i < sk_GENERAL_NAME_num(some); i++) {
        for (int j = 0; j < sk_GENERAL_NAME_num(others); j++) {
            if (GENERAL_NAME_cmp(
                    sk_GENERAL_NAME_value(some, i), sk_GENERAL_NAME_value(others, j)) == 0) return 1;
        }
    }
    return 0;
}

/* Whether a list's distribution point is one of the certificate's (RFC 5280 6.3.3 (b)). */
static inline int luutru_is_own_point(DIST_POINT_NAME *name, X509 *certificate) {
    if (name->type != 0) return 0;
    CRL_DIST_POINTS *points = (CRL_DIST_POINTS *)X509_get_ext_d2i(
        certificate, NID_crl_distribution_points, NULL, NULL);
    int is = 0;
    for (int i = 0; points != NULL && !is && i < sk_DIST_POINT_num(points); i++) {
        DIST_POINT *point = sk_DIST_POINT_value(points, i);
        if (point->distpoint == NULL || point->distpoint->type != 0) continue;
        is = luutru_names_meet(name->name.fullname, point->distpoint->name.fullname);
    }
    CRL_DIST_POINTS_free(points);
    return is;
}

/* Whether a list has a critical extension besides the one that states its scope. */
static inline int luutru_list_is_strange(X509_CRL *list) {
    for (int i = -1; (i = X509_CRL_get_ext_by_critical(list, 1, i)) >= 0;) {
        ASN1_OBJECT *object = X509_EXTENSION_get_object(X509_CRL_get_ext(list, i));
        if (OBJ_obj2nid(object) != NID_issuing_distribution_point) return 1;
    }
    return 0;
}

/* What a list is about: 0 every certificate like this one, 1 a part of them, 2 other issuers' too. */
static inline int luutru_list_scope(X509_CRL *list, X509 *certificate) {
    int critical = 0;
    ISSUING_DIST_POINT *point = (ISSUING_DIST_POINT *)X509_CRL_get_ext_d2i(
        list, NID_issuing_distribution_point, &critical, NULL);
    if (X509_CRL_get_ext_by_NID(list, NID_delta_crl, -1) >= 0 || luutru_list_is_strange(list)) {
        ISSUING_DIST_POINT_free(point);
        return 1;
    }
    if (point == NULL) return critical == -1 ? 0 : 1;
    int scope = 0;
    int isAuthority = X509_check_ca(certificate) == 1;
    if (point->onlyattr > 0 || point->onlysomereasons != NULL) scope = 1;
    if (point->onlyuser > 0 && isAuthority) scope = 1;
    if (point->onlyCA > 0 && !isAuthority) scope = 1;
    if (point->distpoint != NULL && !luutru_is_own_point(point->distpoint, certificate)) scope = 1;
    if (point->indirectCRL > 0) scope = 2;
    ISSUING_DIST_POINT_free(point);
    return scope;
}

/* Stacks of addresses. */
static inline int luutru_texts_count(STACK_OF(OPENSSL_STRING) *stack) {
    return sk_OPENSSL_STRING_num(stack);
}
static inline const char *luutru_text(STACK_OF(OPENSSL_STRING) *stack, int index) {
    return sk_OPENSSL_STRING_value(stack, index);
}

/* Where lists about all reasons by the certificate's own issuer are (RFC 5280 4.2.1.13). */
static inline STACK_OF(OPENSSL_STRING) *luutru_list_addresses(X509 *certificate) {
    STACK_OF(OPENSSL_STRING) *texts = sk_OPENSSL_STRING_new_null();
    CRL_DIST_POINTS *points = (CRL_DIST_POINTS *)X509_get_ext_d2i(
        certificate, NID_crl_distribution_points, NULL, NULL);
    for (int i = 0; points != NULL && i < sk_DIST_POINT_num(points); i++) {
        DIST_POINT *point = sk_DIST_POINT_value(points, i);
        if (point->reasons != NULL || point->CRLissuer != NULL) continue;
        if (point->distpoint == NULL || point->distpoint->type != 0) continue;
        GENERAL_NAMES *names = point->distpoint->name.fullname;
        for (int j = 0; j < sk_GENERAL_NAME_num(names); j++) {
            GENERAL_NAME *name = sk_GENERAL_NAME_value(names, j);
            if (name->type != GEN_URI) continue;
            const char *bytes =
                (const char *)ASN1_STRING_get0_data(name->d.uniformResourceIdentifier);
            char *text = OPENSSL_strndup(
                bytes, (size_t)ASN1_STRING_length(name->d.uniformResourceIdentifier));
            if (text != NULL && sk_OPENSSL_STRING_push(texts, text) <= 0) OPENSSL_free(text);
        }
    }
    CRL_DIST_POINTS_free(points);
    return texts;
}

/* The item that an OCSP signature is over is named by a macro. */
static inline int luutru_answer_is_signed(OCSP_BASICRESP *answer, EVP_PKEY *key) {
    return ASN1_item_verify(
        ASN1_ITEM_rptr(OCSP_RESPDATA), (X509_ALGOR *)OCSP_resp_get0_tbs_sigalg(answer),
        (ASN1_BIT_STRING *)OCSP_resp_get0_signature(answer),
        (void *)OCSP_resp_get0_respdata(answer), key) == 1;
}

/* Whether a certificate is for answering in its issuer's name (RFC 6960 4.2.2.2). */
static inline int luutru_is_responder(X509 *certificate) {
    uint32_t flags = X509_get_extension_flags(certificate);
    if ((flags & EXFLAG_XKUSAGE) == 0 || (flags & EXFLAG_INVALID) != 0) return 0;
    return (X509_get_extended_key_usage(certificate) & XKU_OCSP_SIGN) != 0
        && (X509_get_key_usage(certificate) & X509v3_KU_DIGITAL_SIGNATURE) != 0;
}

/* Why a certificate was revoked (RFC 5280 5.3.1); -1 when the entry does not say. */
static inline int luutru_revocation_reason(X509_REVOKED *entry) {
    ASN1_ENUMERATED *value =
        (ASN1_ENUMERATED *)X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, NULL, NULL);
    if (value == NULL) return -1;
    long reason = ASN1_ENUMERATED_get(value);
    ASN1_ENUMERATED_free(value);
    return reason >= 0 && reason < 32 ? (int)reason : -1;
}

/* The stack of certificates that a context or a message wants. */
static inline STACK_OF(X509) *luutru_certificates_new(void) { return sk_X509_new_null(); }
static inline int luutru_certificates_add(STACK_OF(X509) *stack, X509 *certificate) {
    return sk_X509_push(stack, certificate);
}

/* The signing time of a signer as an ASN1_TIME; NULL when it states none. */
static inline const ASN1_TIME *luutru_signing_time(CMS_SignerInfo *signer) {
    int index = CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1);
    if (index < 0) return NULL;
    X509_ATTRIBUTE *attribute = CMS_signed_get_attr(signer, index);
    if (X509_ATTRIBUTE_count(attribute) != 1) return NULL;
    ASN1_TYPE *type = X509_ATTRIBUTE_get0_type(attribute, 0);
    if (type->type == V_ASN1_UTCTIME) return type->value.utctime;
    if (type->type == V_ASN1_GENERALIZEDTIME) return type->value.generalizedtime;
    return NULL;
}

#endif
