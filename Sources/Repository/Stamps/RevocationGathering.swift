import Cryptography
import Evidence
import Files
import Network
import Records
import SystemPackage

/// Gathers what issuers say of a token's path and puts it into the token before it is first hashed (TR-ESOR, Basis-ERS).
///
/// Only certificates on a path to an adopted root are followed: nobody else has this machine ask anything anywhere.
struct RevocationGathering {
    /// Addresses of one kind that are tried for one certificate.
    private static let mostAddresses = 3
    /// Addresses in certificates are given up after so many that did not answer in time.
    private static let patience = 2
    /// A larger list goes into a token only when there is no OCSP answer: it would go into every renewal.
    private static let largeList = 1 << 20

    private let authority: RemoteAuthority
    private let world: World
    private let folder: FilePath
    private let now: Int64
    private let tolerance: Int64
    private var lists: [RevocationList] = []
    private var responses: [OCSPResponse] = []
    /// What lay at an address, so that two certificates do not ask for it twice.
    private var fetched: [String: Result<[RevocationList], Unfit>] = [:]
    private var timeouts = 0

    init(
        for authority: RemoteAuthority, world: World, folder: FilePath, now: Int64,
        tolerance: Int64
    ) {
        self.authority = authority
        self.world = world
        self.folder = folder
        self.now = now
        self.tolerance = tolerance
    }

    /// The token with lists and answers on every certificate but the anchor; as it is where no source is named.
    mutating func completed(
        _ token: TimeStampToken, path: [Certificate]
    ) throws(StampRefusal) -> TimeStampToken {
        let own = token.revocationStatements
        for (certificate, issuer) in zip(path, path.dropFirst()) {
            let known = own + lists + responses
            if known.contains(where: { unfitness($0, certificate, issuer) == nil }) { continue }
            try cover(certificate, issuer)
        }
        do throws(TimeStampProblem) {
            return try token.embedding(lists: lists.map(\.der), answers: responses.map(\.der))
        } catch {
            throw StampRefusal(.stampRevocationUnknown, "> \(TimeStampToken.largest >> 20) MiB")
        }
    }

    /// Lists of the certificate's points, else its responder, else what `crls:` names.
    private mutating func cover(
        _ certificate: Certificate, _ issuer: Certificate
    ) throws(StampRefusal) {
        let sources = RevocationSources(of: certificate)
        var reasons: [String] = []
        var large: RevocationList?
        for address in sources.lists.prefix(Self.mostAddresses) {
            do throws(Unfit) {
                let list = try list(at: address, certificate, issuer, isOfCertificate: true)
                if list.der.count <= Self.largeList {
                    lists.append(list)
                    return
                }
                large = large ?? list
            } catch {
                reasons.append("\(address.prefix(200)) \(error.text)")
            }
        }
        for address in sources.responders.prefix(Self.mostAddresses) {
            do throws(Unfit) {
                responses.append(try response(of: address, certificate, issuer))
                return
            } catch {
                reasons.append("\(address.prefix(200)) \(error.text)")
            }
        }
        if let large {
            lists.append(large)
            return
        }
        for place in authority.lists {
            do throws(Unfit) {
                let list = try list(at: place, certificate, issuer, isOfCertificate: false)
                lists.append(list)
                return
            } catch {
                reasons.append("\(place.prefix(200)) \(error.text)")
            }
        }
        guard sources.isAnyNamed || !authority.lists.isEmpty else { return }
        let detail = ([certificate.subject] + reasons).joined(separator: "; ")
        throw StampRefusal(.stampRevocationUnknown, String(detail.prefix(1_500)))
    }

    /// The first list there that speaks of the certificate now.
    private mutating func list(
        at place: String, _ certificate: Certificate, _ issuer: Certificate,
        isOfCertificate: Bool
    ) throws(Unfit) -> RevocationList {
        let isAddress = StampingPolicy.isAddress(place)
        if isOfCertificate, !isAddress { throw Unfit("not http(s)") }
        let found: Result<[RevocationList], Unfit>
        if let before = fetched[place] {
            found = before
        } else {
            found = Result { () throws(Unfit) in
                let bytes =
                    isAddress
                    ? try answer(
                        HTTPRequest(
                            getting: place, timeout: authority.timeout,
                            largestAnswer: RevocationList.largest), isBounded: isOfCertificate)
                    : try file(place)
                do { return try RevocationList.reading(file: bytes) } catch {
                    throw Unfit("not a revocation list")
                }
            }
            fetched[place] = found
        }
        var last = Unfit("no list")
        for list in try found.get() {
            guard let unfitness = unfitness(list, certificate, issuer) else { return list }
            last = unfitness
        }
        throw last
    }

    private mutating func response(
        of address: String, _ certificate: Certificate, _ issuer: Certificate
    ) throws(Unfit) -> OCSPResponse {
        guard StampingPolicy.isAddress(address) else { throw Unfit("not http(s)") }
        let question: OCSPRequest
        do { question = try OCSPRequest(about: certificate, issuer: issuer) } catch {
            throw Unfit("no question")
        }
        let bytes = try answer(
            HTTPRequest(
                url: address, contentType: "application/ocsp-request", body: question.der,
                timeout: authority.timeout, largestAnswer: OCSPResponse.largest), isBounded: true)
        let response: OCSPResponse
        do { response = try OCSPResponse.reading(der: bytes) } catch {
            throw Unfit("not an OCSP answer")
        }
        if let unfitness = unfitness(response, certificate, issuer) { throw unfitness }
        return response
    }

    /// Why a statement says nothing of a certificate that counts now; nil when it does.
    private func unfitness(
        _ statement: any RevocationStatement, _ certificate: Certificate, _ issuer: Certificate
    ) -> Unfit? {
        guard let word = statement.word(on: certificate, issuer: issuer) else {
            return Unfit("not the issuer's word on this certificate")
        }
        guard word.isCurrent(at: now, tolerance: tolerance) else {
            let next = word.nextUpdate.map { Instant(seconds: $0).utcSecondsText } ?? "–"
            return Unfit(
                "out of date: \(Instant(seconds: word.thisUpdate).utcSecondsText), next \(next)")
        }
        if let use = word.algorithm, !world.algorithms.end(of: use).covers(now) {
            return Unfit("signed with \(use.digest) \(use.key) \(use.bits)")
        }
        return nil
    }

    private mutating func answer(
        _ request: HTTPRequest, isBounded: Bool
    ) throws(Unfit) -> [UInt8] {
        if isBounded, timeouts >= Self.patience { throw Unfit("not asked: others are silent") }
        let answer: HTTPAnswer
        do throws(NetworkFailure) {
            answer = try HTTPClient.send(request)
        } catch {
            if error.reason == .timedOut { timeouts += 1 }
            throw Unfit("\(error.reason.rawValue): \(error.detail)")
        }
        guard answer.status == 200 else { throw Unfit("HTTP \(answer.status)") }
        return answer.body
    }

    private func file(_ path: String) throws(Unfit) -> [UInt8] {
        let named = FilePath(path)
        let place = named.isAbsolute ? named : folder.pushing(named)
        do {
            if try world.volume.status(place)?.kind == .file,
                let bytes = try world.volume.readIfSmall(place, limit: RevocationList.largest)
            {
                return bytes
            }
        } catch {
            throw Unfit(error.errno.description)
        }
        throw Unfit("no file, or too large")
    }
}

/// Why a source tells nothing.
private struct Unfit: Error {
    let text: String

    init(_ text: String) { self.text = text }
}
