#ifndef LUUTRU_COPENSSL_H
#define LUUTRU_COPENSSL_H

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/cms.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

/* Macros over BIO_ctrl, which Swift does not import. */
static inline long luutru_bio_data(BIO *bio, char **data) { return BIO_get_mem_data(bio, data); }

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

/* What a revocation list is about: 0 every certificate, 1 a part of them, 2 other issuers' too. */
static inline int luutru_list_scope(X509_CRL *list) {
    int critical = 0;
    ISSUING_DIST_POINT *point = (ISSUING_DIST_POINT *)X509_CRL_get_ext_d2i(
        list, NID_issuing_distribution_point, &critical, NULL);
    if (X509_CRL_get_ext_by_NID(list, NID_delta_crl, -1) >= 0) {
        ISSUING_DIST_POINT_free(point);
        return 1;
    }
    if (point == NULL) return critical == -1 ? 0 : 1;
    int scope = 0;
    if (point->onlyuser || point->onlyCA || point->onlyattr || point->onlysomereasons != NULL
        || point->distpoint != NULL) scope = 1;
    if (point->indirectCRL) scope = 2;
    ISSUING_DIST_POINT_free(point);
    return scope;
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
