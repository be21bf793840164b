extension FindingCode {
    /// A store is not mounted or does not answer.
    package static let copyStoreAway = FindingCode("LT-COPY-STORE-AWAY")
    /// A store's server refuses the keys, or their file is missing or cannot be used.
    package static let copyStoreRefused = FindingCode("LT-COPY-STORE-REFUSED")
    /// Another disk, or nothing of this archive, stands under a store's address.
    package static let copyStoreOther = FindingCode("LT-COPY-STORE-OTHER")
    /// A store has no room.
    package static let copyStoreFull = FindingCode("LT-COPY-STORE-FULL")
    /// A store answers, and refuses what it is asked.
    package static let copyRefused = FindingCode("LT-COPY-REFUSED")
    /// A store knows more than the primary one, or something else.
    package static let copyStoreAhead = FindingCode("LT-COPY-STORE-AHEAD")
    /// A dossier is damaged in the primary store, so it is not copied.
    package static let copySourceDamaged = FindingCode("LT-COPY-SOURCE-DAMAGED")
    /// Another object than the dossier stands in its place in a store.
    package static let copyDifferent = FindingCode("LT-COPY-DIFFERENT")
    /// A dossier has fewer copies than the policy asks.
    package static let copiesShort = FindingCode("LT-COPY-SHORT")
    /// A dossier, or a file beside them, is known to be damaged in a store that leads from now on.
    package static let copyDamaged = FindingCode("LT-COPY-DAMAGED")
    /// The last good copy of a dossier lies in a store that is to leave.
    package static let copyLast = FindingCode("LT-COPY-LAST")
    /// Every known copy of a dossier is damaged, and together they may still mend each other.
    package static let copyNoneGood = FindingCode("LT-COPY-NONE-GOOD")
    /// Dossiers are short of the policy of copies without a store that is to leave.
    package static let copiesFewer = FindingCode("LT-COPY-FEWER")
    /// A store gave its word for a dossier that is not there now.
    package static let copyMissing = FindingCode("LT-COPY-MISSING")
    /// A small file of a store is not what the ledger names.
    package static let copyFileWrong = FindingCode("LT-COPY-FILE-WRONG")
    /// A store's ledger ends before the place to which it was brought: the store was rolled back, wiped or cut.
    package static let copyLedgerBack = FindingCode("LT-COPY-LEDGER-BACK")
    /// A sync that was cut short left a dossier unfinished in a store, which never gave its word for it.
    package static let copyUnfinished = FindingCode("LT-COPY-UNFINISHED")
    /// A store's OCFL root is gone or cannot be entered, or a place of its own is wrong, though its card is there.
    package static let copyRootWrong = FindingCode("LT-COPY-ROOT-WRONG")

    /// A later state or a removal that no receipt tells of lies above a file of a vault.
    package static let copyOverlaid = FindingCode("LT-COPY-OVERLAID")
    /// A vault let a locked version be removed.
    package static let vaultOpen = FindingCode("LT-VAULT-OPEN")
    /// A version in a vault is no longer locked, or not for as long as asked.
    package static let vaultUnlocked = FindingCode("LT-VAULT-UNLOCKED")

    /// Every code of copies.
    package static let copyCodes = [
        copyStoreAway, copyStoreOther, copyStoreFull, copyStoreAhead, copySourceDamaged,
        copyDifferent, copiesShort, copyMissing, copyOverlaid, vaultOpen, vaultUnlocked,
        copyFileWrong, copyLedgerBack, copyDamaged, copyLast, copiesFewer, copyUnfinished,
        copyRootWrong, copyStoreRefused, copyRefused, copyNoneGood,
    ]
}
