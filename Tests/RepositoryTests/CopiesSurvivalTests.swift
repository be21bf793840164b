import Cataloging
import Files
import Foundation
import Policies
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// Invariants S1 to S3: sync, add, retire and promote fail or die at their file-system calls, and no store lies.
@Suite struct CopiesSurvivalTests {
    private let bench: CopyBench

    /// Two dossiers, one in a later version; `b` lacks both the second and the version, `c` has nothing.
    init() throws {
        bench = try CopyBench(dossiers: 1)
        try bench.add("b")
        try bench.sync()
        try bench.unmount("b")
        try bench.amend(1)
        try bench.package(2)
        try bench.add("c")
        try bench.mount("b")
    }

    /// Whether every call is tried, which takes long beside the other tests.
    private static let isAsked =
        ProcessInfo.processInfo.environment["LUUTRU_EVERY_CALL"] == "1"
