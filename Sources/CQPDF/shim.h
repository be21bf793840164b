// The C face of libqpdf; the C++ headers beside it are not for Swift.
#include <qpdf/qpdf-c.h>
