import Network

/// The connections of one command to buckets: one whose server said nothing once is not waited for again.
final class BucketConnections {
    /// What a connection is for: one bucket, asked with one account.
    private struct Use: Hashable {
        let bucket: String
        let endpoint: S3Endpoint
        let credentials: S3Credentials
    }

    private var known: [Use: S3Connection] = [:]

    /// The connection to a bucket; whoever opens a store anew waits only shortly for its first answer.
    func connection(
        to bucket: String, at endpoint: S3Endpoint, _ credentials: S3Credentials
    ) -> S3Connection {
        let use = Use(bucket: bucket, endpoint: endpoint, credentials: credentials)
        if let connection = known[use] {
            connection.markAway()
            return connection
        }
        let connection = S3Connection(endpoint, credentials: credentials)
        known[use] = connection
        return connection
    }
}
