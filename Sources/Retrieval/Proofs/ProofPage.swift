import Records

/// The report as one page of HTML for paper A4: Vietnamese, then English; no script, nothing from a network.
struct ProofPage {
    private let claims: ProofClaims

    init(_ claims: ProofClaims) { self.claims = claims }

    /// The whole page; equal claims give equal bytes.
    var text: String {
        let title = Self.escaped(claims.code + " · " + ProofPageTexts.title.vietnamese)
        return """
            <!DOCTYPE html>
            <html lang="vi">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(title)</title>
            <style>
            \(ProofPageTexts.style)
            </style>
            </head>
            <body>
            \(part(isEnglish: false))
            \(part(isEnglish: true))
            </body>
            </html>

            """
    }

    private func part(isEnglish: Bool) -> String {
        let sections = ProofPageSections(claims, isEnglish: isEnglish)
        return """
            <section lang="\(isEnglish ? "en" : "vi")">
            <header>
            <p class="agency">\(Self.escaped(claims.agency))</p>
            <h1>\(sections.say(ProofPageTexts.title))</h1>
            <p class="record">\(Self.escaped(claims.title))</p>
            </header>
            \(sections.record)
            \(sections.verdict)
            \(sections.versions)
            \(sections.links)
            \(sections.limits)
            \(sections.hand)
            </section>
            """
    }

    static func escaped(_ text: String) -> String { FindingAidPage.escaped(text) }
}
