extension FindingCode {
    /// The program that is told of incidents did not do its part.
    package static let noticeCommand = FindingCode("LT-NOTICE-COMMAND")
    /// The mail server did not take the notice of an incident.
    package static let noticeMail = FindingCode("LT-NOTICE-MAIL")

    /// Every code of incidents.
    package static let incidentCodes = [noticeCommand, noticeMail]
}
