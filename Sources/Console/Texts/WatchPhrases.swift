package import Policies
package import Repository

/// What the watch says of its duties.
package enum WatchPhrases {
    /// What a duty of the watch is called.
    package static func duty(_ duty: WatchPolicy.Duty) -> Phrase {
        switch duty {
        case .audit: Phrase("kiểm tra", "audit")
        case .notify: Phrase("báo sự cố", "notices")
        case .repair: Phrase("sửa", "repair")
        case .stamp: Phrase("dấu thời gian", "time-stamp")
        case .renew: Phrase("gia hạn bằng chứng", "renewal of evidence")
        case .sync: Phrase("chép bản sao", "sync")
        }
    }

    /// How a duty ended.
    package static func ending(_ status: ExitStatus) -> Phrase {
        switch status {
        case .done: Phrase("xong", "done")
        case .findings, .untrusted: Phrase("CÓ LỖI", "FINDINGS")
        case .incomplete: Phrase("chưa hết, lần sau làm tiếp", "incomplete, goes on later")
        case .locked: Phrase("lệnh khác đang chạy, lát nữa làm lại", "locked, tried again soon")
        case .interrupted: Phrase("bị ngắt, đã lưu", "interrupted, saved")
        default: Phrase("THẤT BẠI", "FAILED")
        }
    }
}
