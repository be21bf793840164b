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
