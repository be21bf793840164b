import Network

extension S3Failure {
    /// What an answer with the status of an error says.
    init(_ response: S3Response, subject: String) {
        let code = Self.code(in: response.body)
        let status = response.head.status
        let reason = Self.reason(code, status)
        self.init(
            reason, subject: subject, status: status, code: code,
            mayRetry: reason == .busy || Self.passing.contains(code),
            wait: response.head["retry-after"].flatMap { Int($0) }.map { min(max(0, $0), 30) })
    }

    /// What it means that no answer came.
    init(_ failure: NetworkFailure, subject: String, hasAnswered: Bool) {
        switch failure.reason {
        case .tls: self.init(.tls, subject: subject)
        case .tooLarge, .refused: self.init(.answer, subject: subject)
        case .cut: self.init(.away, subject: subject, mayRetry: true)
        // A store that has not answered yet is away: nobody waits for it.
        case .unreachable, .timedOut:
            self.init(
                .away, subject: subject, mayRetry: hasAnswered,
                isSilence: failure.reason == .timedOut)
        }
    }

    /// Errors that pass though their status is not of the server's side.
    private static let passing: Set = ["ConditionalRequestConflict", "OperationAborted"]

    private static func reason(_ code: String, _ status: Int) -> Reason {
        if let reason = reasons[code] { return reason }
        switch status {
        case 403: return .denied
        case 404: return .missing
        case 412: return .condition
        case 507: return .full
        case 429, 500...599: return .busy
        default: return .refused
        }
    }

    private static let reasons: [String: Reason] = [
        "AccessDenied": .denied, "AccountProblem": .denied, "AllAccessDisabled": .denied,
        "InvalidAccessKeyId": .keyWrong, "SignatureDoesNotMatch": .keyWrong,
        "RequestTimeTooSkewed": .clock, "RequestExpired": .clock,
        "NoSuchBucket": .noBucket, "NoSuchKey": .missing, "NoSuchVersion": .missing,
        "NoSuchUpload": .missing, "PreconditionFailed": .condition,
        "ConditionalRequestConflict": .condition,
        "BadDigest": .checksum, "InvalidDigest": .checksum, "XAmzContentSHA256Mismatch": .checksum,
        "XAmzContentChecksumMismatch": .checksum, "ContentSHA256Mismatch": .checksum,
        "SlowDown": .busy, "ServiceUnavailable": .busy, "InternalError": .busy,
        "RequestTimeout": .busy, "QuotaExceeded": .full, "XMinioStorageFull": .full,
        "XMinioAdminBucketQuotaExceeded": .full,
    ]

    /// The word in `<Error><Code>`; empty when there is none or it is not a word.
    private static func code(in body: [UInt8]) -> String {
        guard let error = try? S3Element.read(body), error.name == "Error",
            let code = error["Code"], code.utf8.count <= 64,
            code.utf8.allSatisfy({
                (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20)
            })
        else { return "" }
        return code
    }
}
