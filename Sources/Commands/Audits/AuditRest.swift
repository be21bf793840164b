import Console
import Repository

/// How that is read which a run did not come to.
enum AuditRest {
    /// By the same command with `--resume`; the options that say what is read are said again.
    case resumed(options: String)
    /// By the same command, from the beginning.
    case anew
    /// By parts that are still to be read and brought in.
    case parts

    /// What to do next.
    func text(_ language: Language) -> String {
        switch self {
        case .resumed(let options):
            AuditPhrases.stopped.text(language, ["options": options])
        case .anew: AuditPhrases.stoppedForGood.text(language)
        case .parts: AuditPhrases.lacking.text(language)
        }
    }

    /// Does a run, and says what to do next where somebody stops it.
    func toldWhenStopped<Value>(to face: Face, _ run: () throws -> Value) throws -> Value {
        do {
            return try run()
        } catch let failure as ArchiveFailure where failure.reason == .interrupted {
            face.note(text(face.language))
            throw failure
        }
    }
}

extension AuditOptions {
    /// How the rest of a run with these options is read.
    func rest(_ ids: [String]) -> AuditRest {
        guard ids.isEmpty, sample == nil else { return .anew }
        var options = ""
        if due { options += " --due" }
        for name in store { options += " --store " + name }
        if let shard { options += " --shard " + shard }
        if deep { options += " --deep" }
        return .resumed(options: options)
    }
}
