/// The report as one page of HTML.
struct ProofPage {
    let claims: ProofClaims
    init(_ claims: ProofClaims) { self.claims = claims }
    var text: String { "<!DOCTYPE html>\n" }
}
