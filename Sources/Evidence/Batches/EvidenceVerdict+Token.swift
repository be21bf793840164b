package import Cryptography

extension EvidenceVerdict {
    /// What a batch's token alone is worth: the facts from which its renewal is reckoned.
    package init(of token: TimeStampToken, roots: [Certificate], at instant: Int64) {
        let check = token.check(at: instant, roots: roots)
        self.init(
            problems: [],
            stamps: [
                EvidenceStamp(
                    chain: 0, index: 0, time: token.generationTime, digest: token.method,
                    policy: token.policy, signerFingerprint: check.signerFingerprint,
                    signerName: check.signerName, algorithms: check.algorithms,
                    pathEnds: check.pathEnds, isRevocationKnown: check.isRevocationKnown)
            ])
    }

    /// The verdict on what is no record at all.
    package init(unreadable problem: EvidenceProblem) {
        self.init(problems: [problem], stamps: [])
    }
}
