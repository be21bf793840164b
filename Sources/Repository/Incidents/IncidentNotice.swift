import Foundation
import Records

/// What those outside are told of an incident: numbers and what to type, nothing of a record and no person's name.
struct IncidentNotice {
    let incident: ListedIncident
    let archive: ObjectIdentifier

    /// As the program gets it on its standard input.
    var json: JSONValue {
        [
            "archive": .string(archive.text), "incident": .number(incident.number),
            "store": .string(incident.store), "findings": .number(incident.findings),
            "openDamage": .number(incident.openDamage),
            "opened": .string(incident.opened.utcSecondsText),
            "deadline": .string(incident.deadline.utcSecondsText),
            "command": .string("luutru incident show \(incident.number)"),
        ]
    }

    /// As mail (RFC 5322): Vietnamese, then English.
    func mail(from: String, to: [String], at now: Instant) -> [UInt8] {
        let subject = "[luutru] Sự cố \(incident.number): kho \(incident.store)"
        let headers = [
            "From: <\(from)>", "To: " + to.map { "<\($0)>" }.joined(separator: ",\r\n "),
            "Subject: " + Self.encoded(subject), "Date: " + Self.date(now),
            // The same notice sent twice is known by its name.
            "Message-ID: <incident-\(incident.number).\(archive.text.dropFirst(9))@luutru.invalid>",
            "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
        ]
        let options: Data.Base64EncodingOptions = [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ]
        let body = Data(text.utf8).base64EncodedString(options: options)
        return Array((headers.joined(separator: "\r\n") + "\r\n\r\n" + body + "\r\n").utf8)
    }

    private var text: String {
        """
        Kho lưu trữ \(archive.text) có sự cố số \(incident.number).

        Kho: \(incident.store)
        Phát hiện: \(incident.findings), còn hỏng: \(incident.openDamage)
        Thời điểm: \(incident.opened.vietnamText)
        Hạn báo cáo: \(incident.deadline.vietnamText)

        Lệnh cần gõ:
          luutru incident show \(incident.number)
          luutru repair --all --dry-run
          luutru incident report \(incident.number) -o bien-ban.html

        --
        The archive has incident \(incident.number) in the store \(incident.store): \
        \(incident.findings) findings, \(incident.openDamage) still damaged; to be reported by \
        \(incident.deadline.utcSecondsText).

        """
    }

    /// A header's text in UTF-8 (RFC 2047); a word is at most 75 letters long.
    static func encoded(_ text: String) -> String {
        var words: [String] = []
        var piece = ""
        for character in text {
            if (piece + String(character)).utf8.count > 36 {
                words.append(piece)
                piece = ""
            }
            piece.append(character)
        }
        words.append(piece)
        return words.map { "=?UTF-8?B?" + Data($0.utf8).base64EncodedString() + "?=" }
            .joined(separator: "\r\n ")
    }

    /// `Sun, 22 Nov 2026 01:00:00 +0000`.
    static func date(_ instant: Instant) -> String {
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let time = CivilTime(seconds: instant.seconds)
        // 1970-01-01 was a Thursday.
        let second = ((instant.seconds % 86_400) + 86_400) % 86_400
        let number = (instant.seconds - second) / 86_400
        let day = days[Int(((number % 7) + 7) % 7)]
        return "\(day), \(CivilTime.padded(time.day, 2)) \(months[time.month - 1]) "
            + "\(CivilTime.padded(time.year, 4)) \(CivilTime.padded(time.hour, 2)):"
            + "\(CivilTime.padded(time.minute, 2)):\(CivilTime.padded(time.second, 2)) +0000"
    }
}
