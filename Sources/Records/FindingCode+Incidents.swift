extension FindingCode {
    /// The program that is told of incidents did not do its part.
    package static let noticeCommand = FindingCode("LT-NOTICE-COMMAND")
    /// The mail server did not take the notice of an incident.
    package static let noticeMail = FindingCode("LT-NOTICE-MAIL")
    /// The mail server took the notice of an incident for others, and not for this address.
    package static let noticeReceiver = FindingCode("LT-NOTICE-RECEIVER")

    /// Every code of incidents.
    package static let incidentCodes = [noticeCommand, noticeMail, noticeReceiver]
}
