import Records

/// The parts of the report in one language.
struct ProofPageSections {
    private let claims: ProofClaims
    private let isEnglish: Bool

    init(_ claims: ProofClaims, isEnglish: Bool) {
        self.claims = claims
        self.isEnglish = isEnglish
    }

    /// A text of the page in this language, its facts filled in and escaped.
    func say(_ words: ProofPageTexts.Words, _ facts: [String: String] = [:]) -> String {
        // Once through: what a fact holds is never taken for a place of another.
        var rest = (isEnglish ? words.english : words.vietnamese)[...]
        var text = ""
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            text += rest[..<open] + ProofPage.escaped(facts[name, default: ""])
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }

    private func table(_ rows: [(ProofPageTexts.Words, String)]) -> String {
        let lines = rows.filter { !$0.1.isEmpty }.map { label, value in
            "<tr><th scope=\"row\">\(say(label))</th><td>\(value)</td></tr>"
        }
        return "<table>\n" + lines.joined(separator: "\n") + "\n</table>"
    }

    private func list(_ items: [String]) -> String {
        "<ul>\n" + items.map { "<li>\($0)</li>" }.joined(separator: "\n") + "\n</ul>"
    }

    private func heading(_ words: ProofPageTexts.Words) -> String { "<h2>\(say(words))</h2>\n" }

    /// What the proof is about.
    var record: String {
        let document = claims.document
        return table([
            (ProofPageTexts.code, ProofPage.escaped(claims.code)),
            (ProofPageTexts.identifier, ProofPage.escaped(claims.object.text)),
            (ProofPageTexts.version, String(claims.version)),
            (ProofPageTexts.document, document.map { ProofPage.escaped($0.title) } ?? ""),
            (ProofPageTexts.number, document.map { ProofPage.escaped($0.number) } ?? ""),
            (ProofPageTexts.issued, document.map { ProofPage.escaped($0.issued) } ?? ""),
            (ProofPageTexts.file, document.map { ProofPage.escaped($0.name) } ?? ""),
            (
                ProofPageTexts.made,
                claims.made.vietnamText + " · " + ProofPage.escaped(claims.software)
            ),
        ])
    }

    /// From when to when, how often, by whom.
    var verdict: String {
        let stamps = claims.versions.last?.stamps ?? []
        var items: [String] = []
        if let first = stamps.first {
            items.append(
                say(
                    first.isIndependent ? ProofPageTexts.since : ProofPageTexts.sinceOwn,
                    ["at": first.at.vietnamText, "authority": first.authority]))
        } else {
            items.append(
                say(
                    ProofPageTexts.sinceNobody,
                    ["at": claims.versions.last?.sealed.vietnamText ?? ""]))
        }
        items += stamps.dropFirst().map {
            say(ProofPageTexts.renewed, ["at": $0.at.vietnamText, "authority": $0.authority])
        }
        if let fault = claims.versions.last?.timeFault {
            items.append(say(ProofPageTexts.timeFault(fault)))
        }
        items.append(say(ProofPageTexts.until, ["at": claims.made.vietnamText]))
        let checks = claims.checks
        if let first = checks.first, let last = checks.last {
            items.append(
                say(
                    ProofPageTexts.checked,
                    [
                        "count": String(checks.count), "first": first.vietnamText,
                        "last": last.vietnamText, "failed": String(checks.failed),
                    ]))
        } else {
            items.append(say(ProofPageTexts.unchecked))
        }
        items.append(ledger)
        return heading(ProofPageTexts.verdict) + list(items)
    }

    private var ledger: String {
        guard let place = claims.ledger else { return say(ProofPageTexts.noLedger) }
        let facts = [
            "entry": String(place.entry), "size": String(place.size), "origin": place.origin,
            "at": place.stamp?.at.vietnamText ?? "", "authority": place.stamp?.authority ?? "",
        ]
        guard let stamp = place.stamp else { return say(ProofPageTexts.ledger, facts) }
        return say(ProofPageTexts.ledgerStamped, facts)
            + (stamp.isIndependent ? "" : " " + say(ProofPageTexts.own))
    }

    /// Every version with its seal and time-stamps.
    var versions: String {
        let rows = claims.versions.map { version -> String in
            let revoked = version.revoked.map {
                "<br>" + say(ProofPageTexts.revoked, ["at": $0.vietnamText])
            }
            return "<tr><td>\(version.number)</td><td>\(version.packaged.vietnamText)</td><td>"
                + ProofPage.escaped(version.signer)
                + "<br><code>\(ProofPage.escaped(version.fingerprint))"
                + "</code>" + (revoked ?? "") + "</td><td>" + stamps(version) + "</td></tr>"
        }
        let head = [
            ProofPageTexts.version, ProofPageTexts.packaged, ProofPageTexts.seal,
            ProofPageTexts.stamps,
        ].map { "<th>\(say($0))</th>" }.joined()
        return heading(ProofPageTexts.versions) + "<table class=\"list\">\n<tr>\(head)</tr>\n"
            + rows.joined(separator: "\n") + "\n</table>"
    }

    /// The time-stamps of a version, and why they prove nothing any more.
    private func stamps(_ version: ProofClaims.Version) -> String {
        guard !version.stamps.isEmpty else { return say(ProofPageTexts.noStamp) }
        let lines = version.stamps.map {
            $0.at.vietnamText + "<br>" + ProofPage.escaped($0.authority)
                + ($0.isIndependent ? "" : "<br>" + say(ProofPageTexts.own))
        }
        let faults = version.timeFault.map { [say(ProofPageTexts.timeFault($0))] } ?? []
        return (lines + faults).joined(separator: "<br>")
    }

    /// How strong each link is.
    var links: String {
        let inner =
            claims.document == nil ? [ProofPageTexts.linkTar] : [ProofPageTexts.linkDocument]
        let outer = [ProofPageTexts.linkSums, ProofPageTexts.linkSeal]
        let stamps =
            claims.versions.contains { !$0.stamps.isEmpty } ? [ProofPageTexts.linkStamp] : []
        let ledger = claims.ledger == nil ? [] : [ProofPageTexts.linkLedger]
        return heading(ProofPageTexts.links)
            + list((inner + outer + stamps + ledger).map { say($0) })
    }

    /// What is not proved.
    var limits: String {
        var items = [ProofPageTexts.limitTrue, ProofPageTexts.limitBefore]
        if claims.document != nil { items.append(ProofPageTexts.limitRest) }
        if claims.versions.contains(where: \.stamps.isEmpty) {
            items.append(ProofPageTexts.limitNoStamp)
        }
        if claims.versions.contains(where: { $0.stamps.contains { !$0.isIndependent } }) {
            items.append(ProofPageTexts.limitOwn)
        }
        if claims.ledger?.stamp == nil { items.append(ProofPageTexts.limitLedger) }
        items += [ProofPageTexts.limitChecks, ProofPageTexts.limitKeys]
        return heading(ProofPageTexts.limits) + list(items.map { say($0) })
    }

    /// How to check by hand, and what to compare.
    var hand: String {
        var prints = claims.versions.map {
            (say(ProofPageTexts.seal) + " v\($0.number)", $0.fingerprint)
        }
        prints += claims.roots.map { (say(ProofPageTexts.root), $0) }
        if let key = claims.ledger?.key { prints.append((say(ProofPageTexts.ledgerKey), key)) }
        let lines = prints.map { "<li>\($0.0)<br><code>\(ProofPage.escaped($0.1))</code></li>" }
        return heading(ProofPageTexts.hand) + "<p>\(say(ProofPageTexts.commands))</p>\n<p>"
            + say(ProofPageTexts.compare) + "</p>\n<ul>\n" + lines.joined(separator: "\n")
            + "\n</ul>"
    }
}
