/// Why an object store did not do what it was asked; no text of the store's own and no secret is in it.
package struct S3Failure: Error, Hashable, Sendable {
    /// The reasons, each with a stable word.
    package enum Reason: String, Sendable, CaseIterable {
        /// Nothing answers there now, or the answer broke off and later tries did too.
        case away = "LT-S3-AWAY"
        case tls = "LT-S3-TLS"
        /// The store does not know the access key, or the secret key is another.
        case keyWrong = "LT-S3-KEY-WRONG"
        /// The file of the keys is missing, readable by others, or not two lines.
        case keyFile = "LT-S3-KEY-FILE"
        /// The account may not do this, or a lock forbids it.
        case denied = "LT-S3-DENIED"
        /// The clocks are too far apart for a signature.
        case clock = "LT-S3-CLOCK"
        case noBucket = "LT-S3-NO-BUCKET"
        case missing = "LT-S3-MISSING"
        /// A condition did not hold: the object is already there, or no longer the one that was read.
        case condition = "LT-S3-CONDITION"
        /// What arrived there is not what was sent.
        case checksum = "LT-S3-CHECKSUM"
        /// The store is overloaded or out of order.
        case busy = "LT-S3-BUSY"
        case full = "LT-S3-FULL"
        /// The answer is not one that an object store gives, or passes a limit.
        case answer = "LT-S3-ANSWER"
        case refused = "LT-S3-REFUSED"
    }

    package let reason: Reason
    /// `s3://bucket/key`, or the file of the keys.
    package let subject: String
    /// The status of HTTP; 0 when there was no answer.
    package let status: Int
    /// S3's word for it, letters and digits only; empty when the store gave none.
    package let code: String
    /// Whether the same request may succeed when it is sent again.
    package let mayRetry: Bool
    /// Whether the store let all the time pass without a word: every further try costs as much.
    package let isSilence: Bool
    /// Seconds that the store asks one to wait first.
    package let wait: Int?

    package init(
        _ reason: Reason, subject: String, status: Int = 0, code: String = "",
        mayRetry: Bool = false, isSilence: Bool = false, wait: Int? = nil
    ) {
        self.reason = reason
        self.subject = subject
        self.status = status
        self.code = code
        self.mayRetry = mayRetry
        self.isSilence = isSilence
        self.wait = wait
    }
}
