/// Findings of the OCFL store; `E…` are the codes of OCFL 1.1's own list of errors.
extension FindingCode {
    package static let objectExtraFile = FindingCode("E001")
    package static let objectDeclarationMissing = FindingCode("E003")
    package static let objectDeclarationWrong = FindingCode("E007")
    package static let objectVersionMissing = FindingCode("E010")
    package static let versionExtraFile = FindingCode("E015")
    package static let contentExtraFile = FindingCode("E023")
    package static let inventoryUnreadable = FindingCode("E033")
    package static let sidecarMissing = FindingCode("E058")
    package static let sidecarWrong = FindingCode("E060")
    package static let inventoryMissing = FindingCode("E063")
    package static let inventoriesDiffer = FindingCode("E064")
    package static let rootDeclarationWrong = FindingCode("E069")
    package static let rootLayoutWrong = FindingCode("E070")
    package static let rootExtensionWrong = FindingCode("E067")
    package static let rootExtraFile = FindingCode("E072")
    package static let rootEmptyFolder = FindingCode("E073")
    package static let contentMissing = FindingCode("LT-STORE-CONTENT-MISSING")
    package static let contentDigestWrong = FindingCode("E092")
    package static let inventoryForm = FindingCode("LT-STORE-INVENTORY-FORM")
    package static let inventoryPath = FindingCode("LT-STORE-INVENTORY-PATH")
    package static let inventoryReplaced = FindingCode("LT-STORE-INVENTORY-REPLACED")
    package static let objectUnexpected = FindingCode("LT-STORE-OBJECT-UNEXPECTED")
    package static let objectMissing = FindingCode("LT-STORE-OBJECT-MISSING")
    package static let objectWithoutEntry = FindingCode("LT-STORE-OBJECT-NO-ENTRY")
    package static let fileUnreadable = FindingCode("LT-STORE-FILE-UNREADABLE")
    package static let ledgerSuspect = FindingCode("LT-LEDGER-SUSPECT")
    package static let ledgerEntryWrong = FindingCode("LOG_ENTRY_MISMATCH")
    package static let ledgerInconsistent = FindingCode("LOG_INCONSISTENT")
    package static let ledgerShrunk = FindingCode("LOG_TREE_SHRUNK")
    package static let ledgerFork = FindingCode("LOG_FORK")
    package static let ledgerTreeDamaged = FindingCode("LOG_TREE_DAMAGED")
    package static let ledgerUnsignedTail = FindingCode("LOG_UNSIGNED_TAIL")
    package static let checkpointWrong = FindingCode("LOG_CHECKPOINT_BAD_SIG")
    package static let checkpointMissing = FindingCode("LOG_CHECKPOINT_MISSING")
    package static let checkpointStampWrong = FindingCode("LOG_STAMP_WRONG")
    package static let witnessFile = FindingCode("LT-WITNESS-FILE")
    package static let witnessCommand = FindingCode("LT-WITNESS-COMMAND")
    package static let policyFileWrong = FindingCode("LT-POLICY-FILE-WRONG")
    package static let policyFileMissing = FindingCode("LT-POLICY-FILE-MISSING")
    package static let registerLost = FindingCode("LT-REGISTER-LOST")
    package static let policyFileUnadopted = FindingCode("LT-POLICY-FILE-UNADOPTED")
    package static let bundleUnreadable = FindingCode("LT-STORE-BUNDLE-UNREADABLE")
    package static let storeCardWrong = FindingCode("LT-STORE-CARD-WRONG")
    package static let dossierDamaged = FindingCode("LT-DOSSIER-DAMAGED")
    package static let keyReadable = FindingCode("LT-KEY-READABLE")
    package static let storeExtraFile = FindingCode("LT-STORE-EXTRA-FILE")
    /// Something else stands in the place of one of a store's own folders, or of its ledger.
    package static let storePlaceWrong = FindingCode("LT-STORE-PLACE-WRONG")
    /// The text that tells people how to read a store by hand is gone or another.
    package static let storeReadMeWrong = FindingCode("LT-STORE-README-WRONG")
    package static let detailsFileWrong = FindingCode("LT-DETAILS-FILE-WRONG")

    /// Every code of this area.
    package static let storeCodes: [FindingCode] = [
        .objectExtraFile, .objectDeclarationMissing, .objectDeclarationWrong, .objectVersionMissing,
        .versionExtraFile, .contentExtraFile, .inventoryUnreadable, .sidecarMissing, .sidecarWrong,
        .inventoryMissing, .inventoriesDiffer, .rootDeclarationWrong, .rootLayoutWrong,
        .rootExtensionWrong,
        .rootExtraFile, .rootEmptyFolder, .contentMissing, .contentDigestWrong, .inventoryForm,
        .inventoryReplaced, .inventoryPath, .objectUnexpected, .objectMissing, .objectWithoutEntry,
        .fileUnreadable,
        .ledgerSuspect, .ledgerEntryWrong, .ledgerInconsistent, .ledgerShrunk, .ledgerFork,
        .ledgerTreeDamaged, .ledgerUnsignedTail, .checkpointWrong, .checkpointMissing,
        .checkpointStampWrong, .witnessFile, .witnessCommand,
        .policyFileWrong,
        .policyFileMissing, .registerLost, .policyFileUnadopted, .bundleUnreadable,
        .detailsFileWrong, .storeCardWrong, .storeExtraFile, .storePlaceWrong,
        .storeReadMeWrong,
        .keyReadable, .dossierDamaged,
    ]
}
