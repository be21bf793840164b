import Cryptography
import Evidence
import Files
import Network
import Records
import SystemPackage

/// A token that was checked, and who gave it.
struct CheckedStamp {
    let token: TimeStampToken
    let authority: StampAuthority
}

/// Asks the authorities of the configuration for a token over a hash, one after the other.
struct StampAsking {
    /// How far an authority's clock and ours may differ, in seconds (`design.md` §5).
    private static let tolerance: Int64 = 300
    let world: World
    let layout: ArchiveLayout
    /// Roots that entries of the ledger adopted.
    let roots: [Certificate]

    /// The first good token; what was wrong with the authorities before it are warnings.
    func stamp(
        over root: [UInt8], _ method: DigestMethod, by authorities: [StampAuthority]
    ) throws -> (stamp: CheckedStamp?, findings: [Finding]) {
        var findings: [Finding] = []
        for authority in authorities {
            do throws(StampRefusal) {
                let token = try token(over: root, method, by: authority)
                return (CheckedStamp(token: token, authority: authority), findings)
            } catch {
                findings.append(
                    Finding(
                        error.code, .warning, subject: authority.name, ["detail": error.detail]))
            }
        }
        return (nil, findings)
    }

    private func token(
        over root: [UInt8], _ method: DigestMethod, by authority: StampAuthority
    ) throws(StampRefusal) -> TimeStampToken {
        let request = try request(over: root, method, authority)
        let answer = try answer(to: request, from: authority)
        let now = world.now().seconds
        let token: TimeStampToken
        do throws(TimeStampProblem) {
            token = try TimeStampResponse(der: answer).token(
                for: request, now: now, tolerance: Self.tolerance)
        } catch {
            throw StampRefusal(error)
        }
        try judge(token, now)
        guard case .remote(let remote) = authority else { return token }
        var gathering = RevocationGathering(
            for: remote, world: world, folder: layout.root, now: now, tolerance: Self.tolerance)
        let whole = try gathering.completed(token, path: token.path(roots: roots))
        // What is stored and hashed is the token with its lists, so that is what must hold.
        if whole.der != token.der { try judge(whole, now) }
        return whole
    }

    /// Judged at both times: a clock that runs ahead must not make a dead certificate live.
    private func judge(_ token: TimeStampToken, _ now: Int64) throws(StampRefusal) {
        let check = token.check(at: max(now, token.generationTime), roots: roots)
        if let problem = check.problems.first { throw StampRefusal(problem) }
        let ended = check.algorithms.first { !world.algorithms.end(of: $0).covers(now) }
        if let ended {
            throw StampRefusal(TimeStampProblem(.refused, Self.ended + name(of: ended)))
        }
    }

    fileprivate static let ended = "algorithm "

    private func name(of use: AlgorithmUse) -> String { "\(use.digest) \(use.key) \(use.bits)" }

    private func request(
        over root: [UInt8], _ method: DigestMethod, _ authority: StampAuthority
    ) throws(StampRefusal) -> TimeStampRequest {
        var chance = Chance(world)
        let nonce = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &chance) }
        var policy: String?
        if case .remote(let remote) = authority { policy = remote.policy }
        do {
            return try TimeStampRequest(
                imprint: root, method: method, nonce: nonce, policy: policy)
        } catch {
            throw StampRefusal(FindingCode("TSA_REFUSED"), "policy \(policy ?? "")")
        }
    }

    private func answer(
        to request: TimeStampRequest, from authority: StampAuthority
    ) throws(StampRefusal) -> [UInt8] {
        guard case .remote(let remote) = authority else { return try trialAnswer(to: request) }
        let answer: HTTPAnswer
        do throws(NetworkFailure) {
            answer = try HTTPClient.send(
                HTTPRequest(
                    url: remote.url, contentType: "application/timestamp-query",
                    body: request.der, timeout: remote.timeout,
                    largestAnswer: TimeStampResponse.largest))
        } catch {
            throw StampRefusal(.stampUnreachable, "\(error.reason.rawValue): \(error.detail)")
        }
        guard answer.status == 200 else {
            throw StampRefusal(.stampUnreachable, "HTTP \(answer.status)")
        }
        return answer.body
    }

    private func trialAnswer(to request: TimeStampRequest) throws(StampRefusal) -> [UInt8] {
        let missing = StampRefusal(.stampKeyMissing, "keys/tsa.key, keys/tsa.crt")
        do {
            var chance = Chance(world)
            let serial = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &chance) }
            let certificates = try Certificate.reading(
                pem: world.volume.readAll(
                    layout.trialCertificate, limit: Configuration.limit))
            guard let certificate = certificates.first else { throw missing }
            let key = try SealKey.reading(
                pem: world.volume.readAll(layout.trialKey, limit: Configuration.limit),
                passphrase: nil)
            return try TrialAuthority(key: key, certificate: certificate).answer(
                to: request.der, now: world.now().seconds, serial: serial)
        } catch {
            throw missing
        }
    }
}

/// Why an authority gave no token that can be used.
struct StampRefusal: Error {
    let code: FindingCode
    let detail: String

    init(_ code: FindingCode, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    init(_ problem: TimeStampProblem) {
        let isAlgorithm = problem.fault == .refused && problem.detail.hasPrefix(StampAsking.ended)
        code = isAlgorithm ? .stampAlgorithmEnded : FindingCode(problem.fault.rawValue)
        detail = problem.detail
    }
}
