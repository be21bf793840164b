import Cataloging
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// Files that the ledger names by their digests: adopted policy, and details of acts.
extension Archive {
    /// What of them is gone or no longer what was entered; names in `policy/` are given to `naming`.
    func adoptedFileFindings(
        _ naming: (_ name: String, _ isThere: Bool) -> Finding
    ) throws -> [Finding] {
        var findings: [Finding] = []
        try ledger.readDrafts(with: ["\"policy/", "\"details\":\""]) { draft in
            try world.stopIfInterrupted()
            for (name, digest) in draft.digests where name.hasPrefix("policy/") {
                guard try !isAdopted(name, digest) else { continue }
                let path = policy.layout.root.appending(name)
                findings.append(naming(name, try policy.volume.status(path) != nil))
            }
            if let digest = draft.details, try !isIntact(digest) {
                findings.append(
                    Finding(.detailsFileWrong, subject: "details/\(digest.hex).json"))
            }
        }
        return findings
    }

    /// The same as a rebuilt catalog tells it: what a register lost, its codes and states, is in no index.
    func lostFileFindings() throws -> [Finding] {
        try adoptedFileFindings { name, isThere in
            if PolicyFile(name)?.kind.register != nil {
                return Finding(.registerLost, subject: name)
            }
            return Finding(isThere ? .policyFileWrong : .policyFileMissing, subject: name)
        }
    }

    /// Refuses to enter anything while a file of a register is lost: its codes could be given twice (invariant P2).
    func requireWholeRegisters() throws {
        guard !areRegistersWhole else { return }
        for register in Register.allCases {
            let indexed = try catalog.stateFiles(register)
            for file in try catalog.policyFiles(kind: register.rawValue) {
                let name = "policy/" + file.file
                guard try isAdopted(name, file.digest) else {
                    throw ArchiveFailure(.registerLost, subject: name)
                }
                // Brought back, but not yet in the catalog, which was made without it.
                guard !indexed.contains(file.file),
                    let bytes = try policy.bytes(of: file.file),
                    RegisterEntry(register, reading: bytes) != nil
                else { continue }
                throw ArchiveFailure(.registerLost, subject: name)
            }
        }
        areRegistersWhole = true
    }

    private func isAdopted(_ name: String, _ digest: Digest) throws -> Bool {
        do {
            let bytes = try policy.bytes(of: String(name.dropFirst("policy/".count)))
            return bytes.map { PolicyStore.digest(of: $0) } == digest
        } catch {
            try FileUnreadable.stopUnlessRot(error)
            return false
        }
    }

    private func isIntact(_ digest: Digest) throws -> Bool {
        do {
            return try details.content(digest) != nil
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return false
        } catch is LedgerFailure {
            return false
        }
    }
}
