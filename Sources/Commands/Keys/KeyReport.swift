import Console
import Records
import Repository
import SystemPackage

/// How keys and what was done with them are shown.
enum KeyReport {
    static func give(_ status: KeyStatus, to face: Face) {
        let language = face.language
        let keys = status.keys.map { text($0, language) }
        let findings = (status.warnings + status.void).map { $0.text(language) }
        let unreadable =
            status.unreadable == 0
            ? []
            : [KeyPhrases.unreadable.text(language, ["count": String(status.unreadable)])]
        face.give(
            "keyStatus",
            [
                "use": "seal", "keys": .array(status.keys.map { json($0) }),
                "unreadable": .number(status.unreadable),
                "findings": .array((status.warnings + status.void).map { $0.json(language) }),
            ], text: (keys + unreadable + findings).joined(separator: "\n"))
    }

    static func give(_ rotated: KeyRotated, to face: Face) {
        let facts = [
            "fingerprint": rotated.fingerprint, "before": rotated.before,
            "file": "policy/" + rotated.file, "sheet": rotated.sheet.string,
        ]
        let announced = rotated.isAnnounced ? KeyPhrases.announced : KeyPhrases.unannounced
        var payload = facts.mapValues { JSONValue.string($0) }
        payload["announced"] = rotated.isAnnounced ? true : false
        face.give(
            "keyRotated", .object(payload),
            text: KeyPhrases.rotated.text(face.language, facts) + "\n"
                + announced.text(face.language, facts))
    }

    static func giveLedger(_ rotated: KeyRotated, to face: Face) {
        let facts = [
            "fingerprint": rotated.fingerprint, "before": rotated.before,
            "file": "policy/" + rotated.file, "sheet": rotated.sheet.string,
        ]
        var payload = facts.mapValues { JSONValue.string($0) }
        payload["announced"] = .boolean(rotated.isAnnounced)
        face.give(
            "keyRotated", .object(payload),
            text: KeyPhrases.ledgerRotated.text(face.language, facts) + "\n"
                + (rotated.isAnnounced ? KeyPhrases.ledgerAnnounced : KeyPhrases.ledgerUnannounced)
                .text(face.language))
    }

    static func give(_ keys: [ShownLedgerKey], to face: Face) {
        let texts = keys.map { key in
            let facts = [
                "fingerprint": key.fingerprint, "verifier": key.verifier,
                "since": key.since?.vietnamText ?? "?",
                "revoked": key.revokedSince?.vietnamText ?? "",
                "reason": SafeText.shown(key.reason ?? ""),
            ]
            let head = key.isCurrent ? KeyPhrases.ledgerCurrent : KeyPhrases.ledgerEarlier
            let end = key.revokedSince == nil ? [] : [KeyPhrases.isRevoked]
            return ([head] + end).map { $0.text(face.language, facts) }.joined(separator: "\n")
        }
        face.give(
            "ledgerKeys",
            [
                "keys": .array(
                    keys.map { key in
                        [
                            "fingerprint": .string(key.fingerprint),
                            "verifier": .string(key.verifier),
                            "since": key.since.map { .string($0.utcText) } ?? .null,
                            "revokedSince": key.revokedSince.map { .string($0.utcText) } ?? .null,
                            "reason": key.reason.map { .string($0) } ?? .null,
                            "isCurrent": .boolean(key.isCurrent),
                        ]
                    })
            ], text: texts.joined(separator: "\n"))
    }

    static func give(_ revoked: KeyRevoked, to face: Face) {
        let facts = [
            "fingerprint": revoked.fingerprint, "since": revoked.since.vietnamText,
            "count": String(revoked.void.count), "sheet": revoked.sheet.string,
        ]
        let head = revoked.isOfSeal ? KeyPhrases.revoked : KeyPhrases.ledgerRevoked
        face.give(
            "keyRevoked",
            [
                "fingerprint": .string(revoked.fingerprint),
                "since": .string(revoked.since.utcText), "file": .string("policy/" + revoked.file),
                "sheet": .string(revoked.sheet.string),
                "findings": .array(revoked.void.map { $0.json(face.language) }),
            ],
            text: ([head.text(face.language, facts)]
                + revoked.void.map { $0.text(face.language) }).joined(separator: "\n"))
    }

    static func give(_ outcome: ResealOutcome, to face: Face) {
        let facts = ["id": outcome.object.text, "version": outcome.version.map(String.init) ?? ""]
        let head = outcome.version == nil ? KeyPhrases.notResealed : KeyPhrases.resealed
        face.give(
            "resealed",
            [
                "id": .string(outcome.object.text),
                "version": outcome.version.map { .number(Int64($0)) } ?? .null,
                "findings": .array(outcome.findings.map { $0.json(face.language) }),
            ],
            text: ([head.text(face.language, facts)]
                + outcome.findings.map { $0.text(face.language) }).joined(separator: "\n"))
    }

    private static func json(_ key: ShownKey) -> JSONValue {
        [
            "fingerprint": .string(key.fingerprint), "subject": .string(key.subject),
            "issuer": .string(key.issuer), "from": .string(key.from.utcText),
            "until": .string(key.until.utcText),
            "since": key.since.map { .string($0.utcText) } ?? .null,
            "revokedSince": key.revokedSince.map { .string($0.utcText) } ?? .null,
            "reason": key.reason.map { .string($0) } ?? .null,
            "isCurrent": key.isCurrent ? true : false,
            "token": key.token.map { .string($0) } ?? .null, "sealed": .number(key.sealed),
        ]
    }

    private static func text(_ key: ShownKey, _ language: Language) -> String {
        let facts = [
            "subject": SafeText.shown(key.subject), "fingerprint": key.fingerprint,
            "from": key.from.vietnamText, "until": key.until.vietnamText,
            "since": key.since?.vietnamText ?? "?", "sealed": String(key.sealed),
            "token": SafeText.shown(key.token ?? ""),
            "revoked": key.revokedSince?.vietnamText ?? "",
            "reason": SafeText.shown(key.reason ?? ""),
        ]
        let head = key.isCurrent ? KeyPhrases.current : KeyPhrases.earlier
        var lines = [head.text(language, facts), KeyPhrases.certificate.text(language, facts)]
        if key.token != nil { lines.append(KeyPhrases.onToken.text(language, facts)) }
        if key.revokedSince != nil { lines.append(KeyPhrases.isRevoked.text(language, facts)) }
        return lines.joined(separator: "\n")
    }
}
