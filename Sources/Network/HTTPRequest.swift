/// One question to another machine over HTTP.
package struct HTTPRequest: Hashable, Sendable {
    /// What is sent along as POST.
    package struct Body: Hashable, Sendable {
        package let contentType: String
        package let bytes: [UInt8]
    }

    package let url: String
    /// Nil for a GET.
    package let body: Body?
    /// After so many seconds the answer no longer counts.
    package let timeout: Int
    /// The largest answer taken, in bytes.
    package let largestAnswer: Int
    /// A file of PEM certificates that TLS trusts; nil for the machine's own.
    package let authorities: String?

    /// A question sent as POST.
    package init(
        url: String, contentType: String, body: [UInt8], timeout: Int, largestAnswer: Int,
        authorities: String? = nil
    ) {
        self.url = url
        self.body = Body(contentType: contentType, bytes: body)
        self.timeout = timeout
        self.largestAnswer = largestAnswer
        self.authorities = authorities
    }

    /// A question for what lies at an address, sent as GET.
    package init(getting url: String, timeout: Int, largestAnswer: Int) {
        self.url = url
        body = nil
        self.timeout = timeout
        self.largestAnswer = largestAnswer
        authorities = nil
    }
}

/// What the other machine said.
package struct HTTPAnswer: Hashable, Sendable {
    package let status: Int
    package let body: [UInt8]
}

/// Why there is no answer.
package struct NetworkFailure: Error, Hashable, Sendable {
    /// The reasons, each with a stable word.
    package enum Reason: String, Sendable, CaseIterable {
        case unreachable
        case timedOut = "timed-out"
        case cut
        case tooLarge = "too-large"
        case tls
        case refused
    }

    package let reason: Reason
    /// What the library says of it.
    package let detail: String

    init(_ reason: Reason, _ detail: String) {
        self.reason = reason
        self.detail = detail
    }
}
