/// Findings of a dossier's folder, its `dossier.yaml` and its `documents.csv`.
extension FindingCode {
    package static let folderMissing = FindingCode("LT-FOLDER-MISSING")
    package static let dossierFileMissing = FindingCode("LT-DOSSIER-FILE-MISSING")
    package static let listMissing = FindingCode("LT-LIST-MISSING")
    package static let textUnreadable = FindingCode("LT-TEXT-UNREADABLE")
    package static let textNotUTF8 = FindingCode("LT-TEXT-NOT-UTF8")
    package static let textControl = FindingCode("LT-TEXT-CONTROL-CHARACTER")
    package static let textNotFlat = FindingCode("LT-TEXT-NOT-FLAT")
    package static let quoteUnclosed = FindingCode("LT-QUOTE-UNCLOSED")
    package static let keyUnknown = FindingCode("LT-KEY-UNKNOWN")
    package static let columnUnknown = FindingCode("LT-COLUMN-UNKNOWN")
    package static let columnTwice = FindingCode("LT-COLUMN-TWICE")
    package static let columnMissing = FindingCode("LT-COLUMN-MISSING")
    package static let columnNameless = FindingCode("LT-COLUMN-NAMELESS")
    package static let rowLength = FindingCode("LT-ROW-LENGTH")
    package static let fieldRequired = FindingCode("LT-FIELD-REQUIRED")
    package static let fieldTooLong = FindingCode("LT-FIELD-TOO-LONG")
    package static let fieldNotNumber = FindingCode("LT-FIELD-NOT-NUMBER")
    package static let fieldNotBoolean = FindingCode("LT-FIELD-NOT-BOOLEAN")
    package static let fieldNotCode = FindingCode("LT-FIELD-NOT-CODE")
    package static let fieldNotDate = FindingCode("LT-FIELD-NOT-DATE")
    package static let fieldNotDay = FindingCode("LT-FIELD-NOT-DAY")
    package static let fieldControl = FindingCode("LT-FIELD-CONTROL-CHARACTER")
    package static let periodUnspecified = FindingCode("LT-PERIOD-UNSPECIFIED")
    package static let periodDiffers = FindingCode("LT-PERIOD-DIFFERS")
    package static let codeForm = FindingCode("LT-DOCUMENT-CODE-FORM")
    package static let kindUnclear = FindingCode("LT-KIND-UNCLEAR")
    package static let datesOrder = FindingCode("LT-DATES-ORDER")
    package static let dateOutside = FindingCode("LT-DATE-OUTSIDE")
    package static let totalDiffers = FindingCode("LT-TOTAL-DIFFERS")
    package static let pageSumDiffers = FindingCode("LT-PAGE-SUM-DIFFERS")
    package static let pagesDiffer = FindingCode("LT-PAGES-DIFFER")
    package static let pagesUnknown = FindingCode("LT-PAGES-UNKNOWN")
    package static let pagesEncrypted = FindingCode("LT-PAGES-ENCRYPTED")
    package static let ordinalTwice = FindingCode("LT-ORDINAL-TWICE")
    package static let codeTwice = FindingCode("LT-DOCUMENT-CODE-TWICE")
    package static let dossierEmpty = FindingCode("LT-DOSSIER-EMPTY")
    package static let fileMissing = FindingCode("LT-FILE-MISSING")
    package static let fileExtra = FindingCode("LT-FILE-EXTRA")
    package static let fileTwice = FindingCode("LT-FILE-TWICE")
    package static let fileEmpty = FindingCode("LT-FILE-EMPTY")
    package static let sourceUnreadable = FindingCode("LT-FILE-UNREADABLE")
    package static let fileLink = FindingCode("LT-FILE-LINK")
    package static let fileDevice = FindingCode("LT-FILE-DEVICE")
    package static let fileLeftOut = FindingCode("LT-FILE-LEFT-OUT")
    package static let folderEmpty = FindingCode("LT-FOLDER-EMPTY")
    package static let nameCollision = FindingCode("LT-NAME-COLLISION")
    package static let nameWindows = FindingCode("LT-NAME-WINDOWS")
    package static let nameNotUTF8 = FindingCode("LT-NAME-NOT-UTF8")
    package static let nameControl = FindingCode("LT-NAME-CONTROL-CHARACTER")
    package static let pathOutside = FindingCode("LT-PATH-OUTSIDE")
    package static let formatNotAccepted = FindingCode("LT-FORMAT-NOT-ACCEPTED")
    package static let limitDocuments = FindingCode("LT-LIMIT-DOCUMENTS")
    package static let limitFileSize = FindingCode("LT-LIMIT-FILE-SIZE")
    package static let limitDepth = FindingCode("LT-LIMIT-DEPTH")
    package static let limitPath = FindingCode("LT-LIMIT-PATH")
    package static let limitRow = FindingCode("LT-LIMIT-ROW")
    package static let limitColumns = FindingCode("LT-LIMIT-COLUMNS")
    package static let limitFindings = FindingCode("LT-LIMIT-FINDINGS")

    /// Every code of this area.
    package static let dossierCodes: [FindingCode] = [
        .folderMissing, .dossierFileMissing, .listMissing, .textUnreadable, .textNotUTF8,
        .textControl, .textNotFlat, .quoteUnclosed, .keyUnknown, .columnUnknown, .columnTwice,
        .columnMissing, .columnNameless, .rowLength, .fieldRequired, .fieldTooLong,
        .fieldNotNumber, .fieldNotBoolean, .fieldNotCode, .fieldNotDate, .fieldNotDay,
        .fieldControl, .periodUnspecified, .periodDiffers, .codeForm, .kindUnclear, .datesOrder,
        .dateOutside, .totalDiffers, .pageSumDiffers, .pagesDiffer, .pagesUnknown,
        .pagesEncrypted, .ordinalTwice, .codeTwice, .dossierEmpty, .fileMissing, .fileExtra,
        .fileTwice, .fileEmpty, .sourceUnreadable, .fileLink, .fileDevice, .fileLeftOut,
        .folderEmpty, .nameCollision, .nameWindows, .nameNotUTF8, .nameControl, .pathOutside,
        .formatNotAccepted, .limitDocuments, .limitFileSize, .limitDepth, .limitPath, .limitRow,
        .limitColumns, .limitFindings,
    ]
}
