#ifndef LUUTRU_CXML_H
#define LUUTRU_CXML_H

/* ICU's headers, which libxml2 pulls in, clash with Foundation's copy of them. */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlschemas.h>

/* xmlFree is a mutable global, which Swift does not import safely. */
static inline void luutru_xml_free(void *pointer) { xmlFree(pointer); }

/* libxml2's validator prints of entity references through a variadic function, which Swift cannot replace. */
static void luutru_xml_say_nothing(void *context, const char *format, ...) {
    (void)context;
    (void)format;
}

static inline void luutru_xml_silence(void) {
    xmlSetGenericErrorFunc(NULL, luutru_xml_say_nothing);
    xmlThrDefSetGenericErrorFunc(NULL, luutru_xml_say_nothing);
}

#endif
