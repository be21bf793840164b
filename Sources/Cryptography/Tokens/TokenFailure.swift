/// Why a token does not seal.
package struct TokenFailure: Error, Hashable, Sendable {
    /// The reasons, each with a stable word.
    package enum Reason: String, Sendable, CaseIterable {
        /// The file is no PKCS#11 module, or cannot be loaded.
        case module = "LT-TOKEN-MODULE"
        /// No token of this label is plugged in.
        case absent = "LT-TOKEN-ABSENT"
        /// Several tokens, or several keys, have this label.
        case several = "LT-TOKEN-SEVERAL"
        case keyMissing = "LT-TOKEN-KEY-MISSING"
        case keyWeak = "LT-TOKEN-KEY-WEAK"
        case certificateMissing = "LT-TOKEN-CERTIFICATE-MISSING"
        case certificateMismatch = "LT-KEY-CERTIFICATE-MISMATCH"
        case pinMissing = "LT-TOKEN-PIN-MISSING"
        case pinForm = "LT-TOKEN-PIN-FORM"
        case pinWrong = "LT-TOKEN-PIN-WRONG"
        case pinLocked = "LT-TOKEN-PIN-LOCKED"
        /// One try is left, and nobody is there who typed the PIN.
        case pinFinalTry = "LT-TOKEN-PIN-FINAL-TRY"
        /// The token went away, or signed no more.
        case gone = "LT-TOKEN-GONE"
        /// The process in which the module runs ended.
        case crashed = "LT-TOKEN-CRASHED"
        case silent = "LT-TOKEN-SILENT"
        /// What came back is no answer, or no seal over what was sent.
        case nonsense = "LT-TOKEN-NONSENSE"
        case failed = "LT-TOKEN-FAILED"
    }

    package let reason: Reason
    /// The label of the token, or the module.
    package let subject: String
    /// What the module said, or how many tries are left; never the PIN.
    package let detail: String

    package init(_ reason: Reason, subject: String, _ detail: String = "") {
        self.reason = reason
        self.subject = subject
        self.detail = detail
    }

    package var code: String { reason.rawValue }
}
