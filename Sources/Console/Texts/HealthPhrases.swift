package import Repository

/// What monitoring is told in one line.
package enum HealthPhrases {
    package static let well = Phrase("TỐT", "WELL")
    package static let wrong = Phrase("CÓ SỰ CỐ", "WRONG")
    package static let waiting = Phrase("ĐANG CHỜ", "WAITING")

    /// What troubles the archive.
    package static func trouble(_ kind: Health.Kind) -> Phrase {
        switch kind {
        case .ledgerSuspect: Phrase("sổ cái đáng ngờ", "the ledger is suspect")
        case .placesWrong:
            Phrase(
                "{count} thư mục của kho chính bị thay bằng thứ khác",
                "{count} folders of the primary store are something else")
        case .checkpointWrong:
            Phrase("{count} điểm kiểm tra hỏng", "{count} checkpoints are damaged")
        case .clockBehind:
            Phrase("đồng hồ máy chậm hơn sổ cái", "the clock stands before the ledger's last entry")
        case .openDamage: Phrase("{count} chỗ hỏng chưa sửa", "{count} places not mended")
        case .openIncidents: Phrase("{count} sự cố đang mở", "{count} open incidents")
        case .overdueReports:
            Phrase("{count} sự cố quá hạn báo cáo", "{count} incident reports overdue")
        case .evidenceOverdue:
            Phrase("{count} lô bằng chứng quá hạn gia hạn", "{count} batches to be renewed")
        case .evidenceLapsed:
            Phrase(
                "{count} lô bằng chứng gia hạn muộn, không sửa được",
                "{count} batches were renewed too late, for good")
        case .witnessContradicts:
            Phrase("nhân chứng biết sổ cái khác", "the witness knows another ledger")
        case .sealKeyRevoked: Phrase("khóa con dấu đã thu hồi", "the seal's key is revoked")
        case .sealCertificateEnded:
            Phrase("chứng thư con dấu đã hết hạn", "the seal's certificate has ended")
        case .sealCertificateEnding:
            Phrase("chứng thư con dấu sắp hết hạn", "the seal's certificate ends soon")
        case .voidSeals:
            Phrase("{count} hồ sơ có con dấu vô hiệu", "{count} dossiers with void seals")
        case .storesWrong: Phrase("{count} kho bản sao sai", "{count} stores are wrong")
        case .copiesOverdue:
            Phrase("{count} hồ sơ thiếu bản sao quá hạn", "{count} dossiers short of copies")
        case .catalogBehind:
            Phrase(
                "danh mục thiếu {count} mục sổ cái",
                "the catalog lacks {count} entries of the ledger")
        case .storesAway: Phrase("{count} kho bản sao vắng mặt", "{count} stores are away")
        case .copiesLacking:
            Phrase("{count} hồ sơ chưa sao xong", "{count} dossiers wait to be copied")
        case .evidenceWaits:
            Phrase("{count} phiên bản chờ dấu thời gian", "{count} versions wait for a time-stamp")
        case .witnessFailed: Phrase("chưa gửi được cho nhân chứng", "the witness was not reached")
        case .auditsBehind:
            Phrase("{count} kho trễ kiểm tra", "audits of {count} stores are behind")
        case .noticesWait:
            Phrase("{count} thông báo sự cố chưa gửi được", "{count} notices of incidents wait")
        }
    }
}
