import COpenSSL

/// An authority's answer (RFC 3161 §2.4.2): a token, or why there is none.
package struct TimeStampResponse {
    /// The largest answer read.
    package static let largest = 1 << 20

    /// 0 granted, 1 granted with changes, everything else is a refusal.
    package let status: Int
    /// The authority's words, at most 500 letters; from outside, never trusted.
    package let text: String
    package let token: TimeStampToken?

    /// Reads an answer; a token in BER is turned into DER here, once, before anything hashes it.
    package init(der: [UInt8]) throws(TimeStampProblem) {
        defer { ERR_clear_error() }
        guard der.count <= Self.largest, let parts = Self.parts(der) else {
            throw TimeStampProblem(.malformed, "not a time-stamp response")
        }
        var status = parts.status
        guard let number = status.enter(0x02)?.rest, number.count == 1, let code = number.first
        else { throw TimeStampProblem(.malformed, "no status") }
        self.status = Int(code)
        text = Self.words(status)
        guard let token = parts.token else {
            self.token = nil
            return
        }
        self.token = try TimeStampToken(der: Self.canonical(token))
    }

    /// The token of a granted request when it is the answer to it.
    package func token(
        for request: TimeStampRequest, now: Int64, tolerance: Int64
    ) throws(TimeStampProblem) -> TimeStampToken {
        guard status == 0 || status == 1, let token else {
            throw TimeStampProblem(.refused, "status \(status) \(text)")
        }
        if token.imprint != request.imprint || token.method != request.method {
            throw TimeStampProblem(.imprint)
        }
        if token.nonce != request.nonce { throw TimeStampProblem(.nonce) }
        if let policy = request.policy, policy != token.policy {
            throw TimeStampProblem(.policy, token.policy)
        }
        let difference = token.generationTime.subtractingReportingOverflow(now)
        guard !difference.overflow, difference.partialValue.magnitude <= tolerance.magnitude else {
            throw TimeStampProblem(.clock, "\(token.generationTime) at \(now)")
        }
        return token
    }

    private static func parts(_ der: [UInt8]) -> (status: DERWalk, token: [UInt8]?)? {
        var outer = DERWalk(der[...])
        guard var response = outer.enter(0x30), outer.rest.isEmpty,
            let status = response.enter(0x30)
        else { return nil }
        if response.rest.isEmpty { return (status, nil) }
        // An indefinite length ends at the end of the response; libcrypto judges what is inside.
        return (status, Array(response.rest))
    }

    /// The first lines of PKIFreeText, as far as they are text.
    private static func words(_ status: DERWalk) -> String {
        var status = status
        guard var lines = status.enter(0x30) else { return "" }
        var words: [String] = []
        while words.count < 5, let line = lines.enter(0x0C) {
            words.append(String(decoding: line.rest.prefix(500), as: UTF8.self))
        }
        return String(words.joined(separator: " ").filter { !$0.isNewline }.prefix(500))
    }

    /// Definite lengths and sorted sets; a token that is DER already stays as it is.
    private static func canonical(_ token: [UInt8]) throws(TimeStampProblem) -> [UInt8] {
        guard let message = TimeStampToken.parse(token) else {
            throw TimeStampProblem(.malformed, "no token in the response")
        }
        defer { CMS_ContentInfo_free(message) }
        guard let der = try? DERBytes.of({ i2d_CMS_ContentInfo(message, $0) }) else {
            throw TimeStampProblem(.malformed, "token cannot be encoded")
        }
        return der
    }
}
