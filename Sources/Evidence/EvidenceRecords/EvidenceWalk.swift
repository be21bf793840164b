import Cryptography

/// One walk over a record: what was found so far.
struct EvidenceWalk {
    private struct Step {
        let stamp: WalkedStamp
        let token: TimeStampToken?
        /// The digest of the stamp's own tree.
        let method: DigestMethod?
        /// Until when the step must hold: the next token's time, or now.
        var until: Int64

        var chain: Int { stamp.chain }
        var index: Int { stamp.index }
    }

    private let record: any WalkedRecord
    private let trust: EvidenceTrust
    private var steps: [Step] = []
    /// The digest of every chain; nil for one that is not known here.
    private var chainMethods: [DigestMethod?] = []
    private var problems: [EvidenceProblem] = []
    private var facts: [EvidenceStamp] = []

    /// Walks a record over its data; fails only when data cannot be read.
    static func verdict(
        on record: any WalkedRecord, _ data: [EvidenceData], _ coverage: EvidenceCoverage,
        _ trust: EvidenceTrust, _ now: Int64
    ) throws -> EvidenceVerdict {
        var walk = EvidenceWalk(record, trust, now)
        walk.judgeForm()
        let methods = Set(walk.chainMethods.compactMap { $0 })
        let digests = try data.map { try $0.digests(methods) }
        walk.judgeTrees(digests, coverage)
        walk.judgeTokens()
        walk.judgeAlgorithms()
        return EvidenceVerdict(problems: walk.problems, stamps: walk.facts)
    }

    private init(_ record: any WalkedRecord, _ trust: EvidenceTrust, _ now: Int64) {
        self.record = record
        self.trust = trust
        for stamp in record.walked {
            let token = readToken(stamp)
            let method: DigestMethod? =
                switch stamp.digest {
                case .byToken: token?.method
                case .known(let method): method
                case .unknown: nil
                }
            steps.append(Step(stamp: stamp, token: token, method: method, until: now))
            if stamp.index == 0 { chainMethods.append(method) }
        }
        judgeOrder(now)
    }

    private mutating func readToken(_ stamp: WalkedStamp) -> TimeStampToken? {
        do throws(TimeStampProblem) {
            return try TimeStampToken(der: stamp.token)
        } catch {
            add(.tokenBroken, stamp.chain, stamp.index, error.detail)
            return nil
        }
    }

    private mutating func add(
        _ fault: EvidenceFault, _ chain: Int?, _ stamp: Int?, _ detail: String = ""
    ) {
        problems.append(EvidenceProblem(fault, chain: chain, stamp: stamp, detail))
    }

    /// Times ascend, and every step must hold until the next one.
    private mutating func judgeOrder(_ now: Int64) {
        var next = now
        for number in steps.indices.reversed() {
            steps[number].until = next
            guard let time = steps[number].token?.generationTime else { continue }
            if time > next {
                add(.timeOrder, steps[number].chain, steps[number].index, "\(time) after \(next)")
            }
            next = time
        }
    }

    /// One digest in a chain, the same in its tokens, and all of them in the record's list.
    private mutating func judgeForm() {
        let listed = record.listedDigests
        for step in steps {
            guard let method = step.method else {
                if step.token != nil { add(.algorithmUnknown, step.chain, step.index) }
                continue
            }
            if method != chainMethods[step.chain] {
                add(.algorithmMixed, step.chain, step.index, method.rawValue)
            }
            if let token = step.token, token.method != method {
                add(.algorithmMixed, step.chain, step.index, token.imprintIdentifier)
            }
            if let listed, !listed.contains(where: { $0.method == method }) {
                add(.algorithmMixed, nil, nil, "not listed: \(method.rawValue)")
            }
        }
        for digest in listed ?? [] where !chainMethods.contains(digest.method) {
            add(.algorithmMixed, nil, nil, "not used: \(digest.objectIdentifier)")
        }
    }

    /// Data, earlier chains and earlier tokens are in the first lists, and the roots are stamped.
    private mutating func judgeTrees(
        _ data: [[DigestMethod: [UInt8]]], _ coverage: EvidenceCoverage
    ) {
        for step in steps {
            guard let method = step.method else { continue }
            if step.index > 0 {
                let previous = record.hash(before: step.stamp, method)
                judgeTree(step, [previous], .members, .previousNotCovered)
                continue
            }
            let digests = data.compactMap { $0[method] }
            guard digests.count == data.count, !digests.isEmpty,
                digests.allSatisfy({ $0.count == method.byteCount })
            else {
                add(.dataUnavailable, step.chain, step.index, method.rawValue)
                continue
            }
            let leaves = record.leaves(of: digests, in: step.chain, method)
            judgeTree(step, leaves, coverage, .dataNotInFirstList)
        }
    }

    private mutating func judgeTree(
        _ step: Step, _ leaves: [[UInt8]], _ coverage: EvidenceCoverage, _ missing: EvidenceFault
    ) {
        guard let token = step.token, let method = step.method else { return }
        guard let lists = step.stamp.lists else {
            // Without a tree the token is over one hash directly.
            if leaves.count > 1 || token.imprint != leaves.first {
                add(missing, step.chain, step.index, "no tree")
            }
            return
        }
        let first = Set(lists[0])
        if !first.isSuperset(of: leaves) { add(missing, step.chain, step.index) }
        if coverage == .wholeGroup, !first.isSubset(of: leaves) {
            add(.groupIncomplete, step.chain, step.index, "\(first.count) hashes")
        }
        // Hashes of another length would let two trees share a root.
        guard lists.joined().allSatisfy({ $0.count == method.byteCount }),
            HashTree.root(of: lists, method) == token.imprint
        else {
            add(.rootMismatch, step.chain, step.index)
            return
        }
    }

    /// Every token at its own time and at the time of the next.
    private mutating func judgeTokens() {
        for (number, step) in steps.enumerated() {
            guard let token = step.token else { continue }
            let check = token.check(
                at: step.until, roots: trust.roots, extra: trust.extra, lists: trust.lists)
            let isLast = number == steps.count - 1
            for problem in check.problems {
                add(
                    fault(of: problem.fault, isLast: isLast), step.chain, step.index,
                    problem.fault.rawValue + " " + problem.detail)
            }
            facts.append(
                EvidenceStamp(
                    chain: step.chain, index: step.index, time: token.generationTime,
                    digest: step.method, policy: token.policy,
                    signerFingerprint: check.signerFingerprint, signerName: check.signerName,
                    algorithms: check.algorithms, pathEnds: check.pathEnds,
                    isRevocationKnown: check.isRevocationKnown))
        }
    }

    private func fault(of fault: TimeStampFault, isLast: Bool) -> EvidenceFault {
        switch fault {
        case .expired: isLast ? .expiredLast : .tokenInvalidAtNext
        case .untrusted: .tokenUntrusted
        case .revoked: .tokenRevoked
        case .unprotected: .tokenUnprotected
        case .malformed, .signature, .signer, .usage, .imprint, .policy, .nonce, .clock, .refused:
            .tokenBroken
        }
    }

    /// Signatures until the next token, digests until the next chain (RFC 4998 §5.3).
    private mutating func judgeAlgorithms() {
        for stamp in facts {
            guard
                let step = steps.first(where: { $0.chain == stamp.chain && $0.index == stamp.index }
                )
            else { continue }
            for use in stamp.algorithms where !trust.algorithms.end(of: use).covers(step.until) {
                let detail = "\(use.digest) \(use.key) \(use.bits) at \(step.until)"
                add(.algorithmEnded, step.chain, step.index, detail)
            }
        }
        for (chain, method) in chainMethods.enumerated() {
            guard let method, let last = steps.last(where: { $0.chain == chain }) else { continue }
            if !trust.algorithms.end(of: method).covers(last.until) {
                add(.algorithmEnded, chain, nil, "\(method.rawValue) at \(last.until)")
            }
        }
    }
}
