#ifndef LUUTRU_CXML_H
#define LUUTRU_CXML_H

/* ICU's headers, which libxml2 pulls in, clash with Foundation's copy of them. */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlschemas.h>

/* xmlFree is a mutable global, which Swift does not import safely. */
static inline void luutru_xml_free(void *pointer) { xmlFree(pointer); }

#endif
