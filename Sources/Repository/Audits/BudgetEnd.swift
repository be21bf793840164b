import Auditing

/// Ends a run's reading in the middle of a file when its budget is used up and what it began with is much.
///
/// Little of it is read to its end, so that most nights end between two dossiers; a huge tar is gone on with the next night.
final class BudgetEnd {
    private let request: AuditRequest
    private var read: Int64 = 0
    private var beyond: Int64 = 0

    init(_ request: AuditRequest) { self.request = request }

    /// Hears of so many bytes read; throws `ReadingCut` where the reading ends.
    func note(_ count: Int) throws {
        guard request.isCuttable else { return }
        read += Int64(count)
        if request.isTimeOver() {
            beyond += Int64(count)
        } else if let most = request.mostBytes {
            beyond = read - most
        }
        if beyond > request.mostBeyond { throw ReadingCut() }
    }
}
